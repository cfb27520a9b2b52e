import type { AbortState, Breaker, CircuitOpenError } from '@switchgear/core';
import { isObject, problemOf, read } from '@switchgear/core/adapter';
import { type Arrival, BUFFERED_BYTES } from './arrival.ts';
import { guarded } from './guarded.ts';
import { checked } from './options.ts';
import type { ClassifyUpstream } from './upstream.ts';

/** What a Worker reaches another one by, or a Durable Object: `env.PAYMENTS`. */
export interface Binding {
  fetch(...args: Parameters<typeof fetch>): Promise<Response>;
}

/** What a caller gets while the circuit before a binding is open. */
export type OnBindingOpen = 'respond' | 'throw' | ((open: CircuitOpenError) => Response | PromiseLike<Response>);

/** Options of {@link bindingFetch}. */
export interface BindingFetchOptions {
  /** The breaker in front of the Worker behind the binding. Make it at module scope; the binding is each request's own. */
  readonly breaker: Breaker;

  /**
   * Judges the endings that {@link classifyUpstream} judges otherwise than you would; `undefined` leaves one to it. Not asked
   * about what went wrong after the caller had aborted.
   *
   * @default classifyUpstream
   */
  readonly classify?: ClassifyUpstream | undefined;

  /**
   * What a caller gets while the circuit is open: `'respond'` answers 503 with Retry-After; `'throw'` rejects with the
   * `CircuitOpenError`; a function answers itself, or throws.
   *
   * @default 'respond'
   */
  readonly onOpen?: OnBindingOpen | undefined;

  /**
   * How many bytes of a request's body are kept while it comes in: a permit is asked for once the body is there, since a
   * client's slowness is not the other Worker's. A body that is not smaller streams on, and its request asks for a permit
   * when the rest of it has come. With 0 all bodies do.
   *
   * @default 1_048_576
   */
  readonly bufferBody?: number | undefined;
}

/**
 * The `fetch` of a service binding, behind a breaker. It calls the binding as its method, as Workers demand; answers and errors
 * come through as they are. A binding does not answer 500 for a Worker that threw: it throws the very error, marked `remote`.
 *
 * @throws {TypeError} for what is no binding, for an unknown option and for one of the wrong kind
 * @example
 * ```ts
 * app.get('/accounts/*', (c) => bindingFetch(c.env.ACCOUNTS, { breaker: accounts })(c.req.raw));
 * ```
 */
export function bindingFetch(binding: Binding, options: BindingFetchOptions): Binding['fetch'] {
  if (typeof read(binding, 'fetch') !== 'function') {
    throw new TypeError(`Switchgear: bindingFetch needs a binding with a fetch, got ${shown(binding)}`);
  }
  const names = ['breaker', 'classify', 'onOpen', 'bufferBody'] as const;
  const settings = checked('bindingFetch', options, [...names]);
  const { breaker, classify, onOpen = 'respond', bufferBody = BUFFERED_BYTES } = settings;

  function refuse(open: CircuitOpenError): Response | PromiseLike<Response> {
    if (onOpen === 'throw') throw open;
    if (onOpen !== 'respond') return onOpen(open);
    const { body, headers, status } = problemOf(open);
    return new Response(body, { status, headers });
  }

  return async function fetch(...args) {
    const signal = signalOf(args);
    const most = bufferBody;
    if (!isStreamed(args)) {
      const prepare = () => () => binding.fetch(...args);
      return guarded({ breaker, signal, most, prepare, classify, refuse });
    }
    const request = new Request(...args);
    const prepare = (arrival: Arrival) => () => binding.fetch(arrival.request ?? request);
    return guarded({ breaker, request, signal, most, prepare, classify, refuse });
  };
}

/** As fetch has it: `null` in the second argument takes the request's own signal away. */
function signalOf([input, init]: Parameters<typeof fetch>): AbortState | undefined {
  const given = read(init, 'signal');
  return ((given === undefined ? read(input, 'signal') : given) ?? undefined) as AbortState | undefined;
}

/** Whether the body may still be coming in from somewhere, say from a client. */
function isStreamed([input, init]: Parameters<typeof fetch>): boolean {
  const body = read(init, 'body') ?? read(input, 'body');
  return typeof read(body, 'getReader') === 'function';
}

function shown(value: unknown): string {
  return isObject(value) ? 'an object without one' : String(value);
}
