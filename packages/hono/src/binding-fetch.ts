import { type Breaker, type CircuitOpenError, problemOf } from '@switchgear/core';
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
  if (typeof (Object(binding) as Partial<Binding>).fetch !== 'function') {
    throw new TypeError(`bindingFetch needs a binding with a fetch, got ${String(binding)}`);
  }
  const { breaker, classify, onOpen = 'respond' } = checked('bindingFetch', options, ['breaker', 'classify', 'onOpen']);

  function refuse(open: CircuitOpenError): Response | PromiseLike<Response> {
    if (onOpen === 'throw') throw open;
    if (onOpen !== 'respond') return onOpen(open);
    const { body, headers, status } = problemOf(open);
    return new Response(body, { status, headers });
  }

  return async function fetch(...args) {
    const [input, init] = args;
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    return guarded({ breaker, call: () => binding.fetch(...args), signal, classify, refuse });
  };
}
