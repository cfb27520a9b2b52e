import type { AbortState, Breaker, CircuitOpenError } from '@switchgear/core';
import { isObject, read } from '@switchgear/core/adapter';
import { guardRequest } from './guard-request.ts';
import { checked } from './options.ts';
import { type ClassifyUpstream, callSucceeded, classifyUpstream, type UpstreamEnding } from './outcome.ts';
import { type OnBindingOpen, refuseFetch } from './refusal.ts';
import { BUFFERED_BYTES } from './request-body.ts';

/** A binding to another Worker or a Durable Object: `env.PAYMENTS`. */
export interface Binding {
  fetch(...args: Parameters<typeof fetch>): Promise<Response>;
}

/** Options of {@link bindingFetch}. */
export interface BindingFetchOptions {
  /** The breaker in front of the other Worker. Make it at module scope; the binding belongs to one request. */
  readonly breaker: Breaker;

  /**
   * Classifies how a call ended. Return `undefined` to keep the ruling of {@link classifyUpstream}. Not called for an error
   * after the caller aborted.
   *
   * @default classifyUpstream
   */
  readonly classify?: ClassifyUpstream | undefined;

  /**
   * What a caller gets while the circuit is open. `'respond'` answers 503 with Retry-After; `'throw'` rejects with the
   * `CircuitOpenError`; a function answers or throws itself.
   *
   * @default 'respond'
   */
  readonly onOpen?: OnBindingOpen | undefined;

  /**
   * How many bytes of a request's body are kept while it comes in. A permit is asked for once the body is in, because a slow
   * client says nothing about the other Worker. A body of this size or more streams on, and its request asks for a permit
   * when the rest has come. With 0, every body streams.
   *
   * @default 1_048_576
   */
  readonly bufferBody?: number | undefined;
}

/**
 * The `fetch` of a service binding behind a breaker. It is called as the binding's method, as Workers require; answers and
 * errors come through unchanged. If the other Worker throws, a binding does not answer 500: it rejects with the same error,
 * marked `remote`.
 *
 * @throws {TypeError} if `binding` has no `fetch` method; for an unknown option or one of the wrong type
 * @example
 * ```ts
 * app.get('/accounts/*', (c) => bindingFetch(c.env.ACCOUNTS, { breaker: accounts })(c.req.raw));
 * ```
 */
export function bindingFetch(binding: Binding, options: BindingFetchOptions): Binding['fetch'] {
  if (typeof read(binding, 'fetch') !== 'function') {
    const got = isObject(binding) ? 'an object without one' : String(binding);
    throw new TypeError(`Switchgear: bindingFetch needs a binding with a fetch method, got ${got}`);
  }
  const settings = checked('bindingFetch', options, ['breaker', 'classify', 'onOpen', 'bufferBody']);
  const { breaker, classify, onOpen, bufferBody = BUFFERED_BYTES } = settings;

  // Made once here, because every call uses the same ones.
  const byDefault = (ending: UpstreamEnding) => classifyUpstream(ending, () => breaker.clock.wall());
  const onRefused = (open: CircuitOpenError) => refuseFetch(open, onOpen);

  function guarded(args: Parameters<typeof fetch>): Promise<Response> {
    const request = hasStream(args) ? new Request(...args) : undefined;
    return guardRequest<Response>(breaker, {
      request,
      signal: signalOf(args),
      bufferBody,
      classify,
      byDefault,
      succeeded: callSucceeded,
      prepare: (body) => () => (request ? binding.fetch(body.request ?? request) : binding.fetch(...args)),
      onRefused,
    });
  }

  return function fetch(...args) {
    try {
      return guarded(args);
    } catch (error) {
      // As with fetch, every error is a rejection.
      return Promise.reject(error);
    }
  };
}

/** As in fetch, `null` in the second argument removes the signal of the request. */
function signalOf([input, init]: Parameters<typeof fetch>): AbortState | undefined {
  const given = read(init, 'signal');
  return ((given === undefined ? read(input, 'signal') : given) ?? undefined) as AbortState | undefined;
}

/** Whether the body may still be coming in, for example from a client. */
function hasStream([input, init]: Parameters<typeof fetch>): boolean {
  const body = read(init, 'body') ?? read(input, 'body');
  return typeof read(body, 'getReader') === 'function';
}
