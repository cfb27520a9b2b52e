import type { Breaker, CircuitOpenError } from '@switchgear/core';
import { read, refuse, requireFunction, requireOptions } from '@switchgear/core/adapter';
import type { FetchTarget } from './call.ts';
import type { FetchFunction } from './fetch-function.ts';
import { originOf } from './origin-of.ts';
import type { ClassifyFetch } from './outcome.ts';

/** The breaker of every request, or of each; `undefined` lets a request through unprotected. */
export type FetchBreakerChoice = Breaker | ((request: FetchTarget) => Breaker | undefined);

/** What a caller gets while a circuit is open. */
export type OnFetchOpen =
  | 'throw'
  | 'respond'
  | ((open: CircuitOpenError, request: FetchTarget) => Response | PromiseLike<Response>);

/** Options of {@link breakerFetch}. */
export interface BreakerFetchOptions {
  /**
   * The breaker in front of the one service behind all requests, or a function that picks one for each: `undefined` lets
   * that request through unprotected. An error it throws is the request's error.
   *
   * @default one for each origin, named after it, from a registry of its own that keeps 1 000: `breakers` of what is returned
   * @example
   * ```ts
   * const registry = createRegistry({ options: (origin) => ({ name: origin, ...externalApi }), max: 100 });
   * breakerFetch({ breaker: (request) => registry.get(originOf(request)) });
   * ```
   */
  readonly breaker?: FetchBreakerChoice | undefined;

  /**
   * What makes the request. It is called unbound, so bind what needs a `this`.
   *
   * @default globalThis.fetch, looked up for each request: what patches it later is heeded
   */
  readonly fetch?: FetchFunction | undefined;

  /**
   * Judges the endings that {@link classifyFetch} judges otherwise than you would; `undefined` leaves one to it. Not asked
   * about calls that the caller aborted or a signal timed out. Look at a response's status and headers only: whoever reads
   * the body takes it from the caller.
   *
   * @default classifyFetch
   */
  readonly classify?: ClassifyFetch | undefined;

  /**
   * What a caller gets while the circuit is open: `'throw'` rejects with the `CircuitOpenError`; `'respond'` answers 503 with
   * Retry-After, and {@link isBreakerResponse} knows it; a function answers itself, say with the last good copy, or
   * throws; one that answers nothing is as `'throw'`.
   *
   * @default 'throw'
   */
  readonly onOpen?: OnFetchOpen | undefined;

  /**
   * Whether a body that breaks off after the headers is held against the service too, as one more failure. The answer is
   * then another `Response` with the same address, headers and bytes.
   *
   * @default false
   */
  readonly observeBody?: boolean | undefined;

  /**
   * What relative addresses are relative to. Without one they go to `fetch` unprotected where there is no page.
   *
   * @default the page's address
   */
  readonly base?: string | URL | undefined;
}

const NAMES: readonly string[] = [
  'breaker',
  'fetch',
  'classify',
  'onOpen',
  'observeBody',
  'base',
] satisfies (keyof BreakerFetchOptions)[];

/** The one place where options are checked. */
export function checked(options: BreakerFetchOptions): BreakerFetchOptions {
  requireOptions('breakerFetch', options, NAMES);
  const { breaker, fetch, classify, onOpen, observeBody, base } = options;
  const acquires = typeof read(breaker, 'acquire') === 'function';
  if (breaker !== undefined && typeof breaker !== 'function' && !acquires) {
    refuse('breaker', 'a breaker or a function that picks one for a request', breaker);
  }
  if (fetch !== undefined) requireFunction('fetch', fetch);
  if (classify !== undefined) requireFunction('classify', classify);
  if (onOpen !== undefined && onOpen !== 'throw' && onOpen !== 'respond' && typeof onOpen !== 'function') {
    refuse('onOpen', "'throw', 'respond' or a function", onOpen);
  }
  if (observeBody !== undefined && typeof observeBody !== 'boolean') {
    refuse('observeBody', 'true or false', observeBody);
  }
  if (base !== undefined && originOf(base) === 'null') refuse('base', 'an absolute address', base);
  return options;
}
