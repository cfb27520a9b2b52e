import type { Breaker, Router } from '@switchgear/core';
import {
  type AttemptsChoice,
  invalid,
  read,
  requireFunction,
  requireOptions,
  requireRoute,
  requireTrust,
  type Trust,
} from '@switchgear/core/adapter';
import type { FetchFunction, FetchTarget } from './call.ts';
import type { ClassifyFetch } from './outcome.ts';
import type { OnFetchOpen } from './refusal.ts';

/** One breaker for all requests, or a function that picks one for each; `undefined` lets a request through unprotected. */
export type FetchBreakerChoice = Breaker | ((request: FetchTarget) => Breaker | undefined);

/** Options of {@link breakerFetch}. */
export interface BreakerFetchOptions {
  /**
   * The breaker in front of the one service behind all requests, or a function that picks one for each: `undefined` lets
   * that request through unprotected. If the function throws, or returns anything but a breaker (a promise included), the
   * request rejects with that error.
   *
   * @default one for each origin, named after it and in adaptive mode, from a registry that keeps 1,000: `breakers` of the
   *   returned function
   * @example
   * ```ts
   * const registry = createRegistry({ options: (origin) => ({ name: origin, ...externalApi }), max: 100 });
   * breakerFetch({ breaker: (request) => registry.get(originOf(request)) });
   * ```
   */
  readonly breaker?: FetchBreakerChoice | undefined;

  /**
   * In place of a breaker, chooses the endpoint of each attempt: a balancer of `@switchgear/balancer`. The origin of the address
   * is replaced by that of the endpoint. The whole request is under the breaker of the service.
   *
   * @default undefined
   * @example
   * ```ts
   * const fetch = breakerFetch({ route: createBalancer({ name: 'search', endpoints }) });
   * await fetch('/find?q=shoes');
   * ```
   */
  readonly route?: Router | undefined;

  /**
   * With `route`, the most attempts of a request. A number is for safe methods (GET, HEAD, OPTIONS, TRACE); a function is asked
   * for any request. A body that is a stream is sent once.
   *
   * @default 2
   */
  readonly attempts?: AttemptsChoice<FetchTarget> | undefined;

  /**
   * Whose headers about overload are believed: those of all servers, or only of these origins. Any server can send
   * them. The endpoints of a `route` are believed.
   *
   * @default 'all'
   * @example
   * ```ts
   * trust: ['https://search.internal']
   * ```
   */
  readonly trust?: Trust | undefined;

  /**
   * Makes the request. It is called without a `this`, so bind a method.
   *
   * @default globalThis.fetch, looked up for each request, so later patches of it are used
   */
  readonly fetch?: FetchFunction | undefined;

  /**
   * Overrides {@link classifyFetch} for the endings that you want to classify differently; return `undefined` to keep the
   * default. Not called when the caller aborted or a signal timed out. Read only a response's status and headers: a body that
   * is read here is lost to the caller.
   *
   * @default classifyFetch
   */
  readonly classify?: ClassifyFetch | undefined;

  /**
   * What a caller gets while the circuit is open: `'throw'` rejects with the `CircuitOpenError`; `'respond'` resolves with a
   * 503 and Retry-After, which {@link isBreakerResponse} recognises; a function returns a response of its own, for example
   * the last good copy, or throws. A function that returns `undefined` rejects as `'throw'` does.
   *
   * @default 'throw'
   */
  readonly onOpen?: OnFetchOpen | undefined;

  /**
   * Whether a body that breaks off after the headers counts as one more failure of the service. The caller then gets another
   * `Response` with the same address, headers and bytes.
   *
   * @default false
   */
  readonly observeBody?: boolean | undefined;

  /**
   * The base of relative addresses. Without one, and outside a page, they go to `fetch` unprotected, or with `route` to its
   * endpoints.
   *
   * @default the page's address
   */
  readonly base?: string | URL | undefined;
}

const NAMES: readonly string[] = [
  'breaker',
  'route',
  'attempts',
  'trust',
  'fetch',
  'classify',
  'onOpen',
  'observeBody',
  'base',
] satisfies (keyof BreakerFetchOptions)[];

/** The one place where options are checked. */
export function checked(options: BreakerFetchOptions): BreakerFetchOptions {
  requireOptions('breakerFetch', options, NAMES);
  requireRoute('breakerFetch', { ...options });
  requireTrust(options.trust);
  const { breaker, fetch, classify, onOpen, observeBody, base } = options;
  const acquires = typeof read(breaker, 'acquire') === 'function';
  if (breaker !== undefined && typeof breaker !== 'function' && !acquires) {
    invalid('breaker', 'a breaker or a function that picks one for a request', breaker);
  }
  if (fetch !== undefined) requireFunction('fetch', fetch);
  if (classify !== undefined) requireFunction('classify', classify);
  if (onOpen !== undefined && onOpen !== 'throw' && onOpen !== 'respond' && typeof onOpen !== 'function') {
    invalid('onOpen', "'throw', 'respond' or a function", onOpen);
  }
  if (observeBody !== undefined && typeof observeBody !== 'boolean') {
    invalid('observeBody', 'true or false', observeBody);
  }
  if (base !== undefined && originOf(base) === 'null') invalid('base', 'an absolute address', base);
  return options;
}

/**
 * The origin of a request, `https://api.example:8443`, as a key for a registry of breakers. An address without an origin
 * (`data:`, or one that does not parse) gives `'null'`, as an opaque origin does in the URL standard. A redirect counts for
 * the origin that was asked.
 *
 * @param address an absolute address, or an object with one: the `{ url, method }` a breaker is chosen by, a `Request`
 * @example
 * ```ts
 * breakerFetch({ breaker: (request) => registry.get(originOf(request)) });
 * ```
 */
export function originOf(address: string | URL | { readonly url: string }): string {
  const url = typeof address === 'object' && 'url' in address ? address.url : address;
  try {
    return new URL(url).origin;
  } catch {
    return 'null';
  }
}
