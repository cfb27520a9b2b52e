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
import type { InternalAxiosRequestConfig } from 'axios';
import type { ClassifyAxios } from './outcome.ts';

declare module 'axios' {
  // No type parameters: their number differs between versions of axios, and all of them have defaults.
  interface AxiosRequestConfig {
    /**
     * The breaker for this request in place of the instance's own, or `false` for none. Only {@link protectAxios} reads it.
     */
    breaker?: Breaker | false | undefined;
  }
}

/** One breaker for all requests, or a function that picks one for each; `undefined` lets a request through unprotected. */
export type BreakerChoice = Breaker | ((config: InternalAxiosRequestConfig) => Breaker | undefined);

/** A request that may be repeated. */
export interface RoutedTarget {
  /** In capitals. */
  readonly method: string;
  readonly config: InternalAxiosRequestConfig;
}

/** Options of `protectAxios`. */
export interface ProtectAxiosOptions {
  /**
   * The breaker in front of the service behind this instance, or a function that picks one for each request:
   * `undefined` lets that request through unprotected. If the function throws, or returns anything but a breaker (a promise
   * included), the request rejects with that error.
   *
   * @example
   * ```ts
   * const registry = createRegistry({ options: (origin) => ({ name: origin }) });
   * protectAxios(client, { breaker: (config) => registry.get(originOf(config)) });
   * ```
   *
   * @default none; there must be a breaker or a `route`
   */
  readonly breaker?: BreakerChoice | undefined;

  /**
   * In place of a breaker, chooses the endpoint of each attempt: a balancer of `@switchgear/balancer`. The origin of the address
   * is replaced by that of the endpoint. The whole request is under the breaker of the service.
   *
   * @default undefined
   * @example
   * ```ts
   * protectAxios(client, { route: createBalancer({ name: 'search', endpoints }) });
   * await client.get('/find');
   * ```
   */
  readonly route?: Router | undefined;

  /**
   * With `route`, the most attempts of a request. A number is for safe methods (GET, HEAD, OPTIONS, TRACE); a function is asked
   * for any request. A body that is a stream is sent once.
   *
   * @default 2
   */
  readonly attempts?: AttemptsChoice<RoutedTarget> | undefined;

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
   * Overrides {@link classifyAxios} for the endings that you want to classify differently; return `undefined` to keep the
   * default. Not called when the caller aborted or a signal timed out.
   *
   * @default classifyAxios
   * @example
   * ```ts
   * // Rejected credentials are a failure here, because they are rotated automatically.
   * classify: (ending) =>
   *   'error' in ending && isAxiosError(ending.error) && ending.error.response?.status === 401 ? 'failure' : undefined
   * ```
   */
  readonly classify?: ClassifyAxios | undefined;

  /**
   * Whether a call with `responseType: 'stream'` lasts until its body has ended: a body that breaks off is then a failure,
   * a probe's place is held until the end, and a body that is read slowly counts as a slow call. With the fetch adapter
   * `response.data` is replaced by another `ReadableStream` of the same bytes.
   *
   * @default false: the call ends when its headers arrive
   */
  readonly observeBody?: boolean | undefined;

  /**
   * Whether this replaces all protections that the instance was given before, for an instance that outlives the module
   * which protects it: hot reload, with the instance kept on `globalThis`. Calls under way settle on their old breaker.
   *
   * @default false: protections nest, if they come from the same copy of this package
   * @example
   * ```ts
   * const client = (globalThis.payments ??= axios.create());
   * protectAxios(client, { breaker: createBreaker({ name: 'payments' }), replace: true });
   * ```
   */
  readonly replace?: boolean | undefined;
}

const NAMES: readonly string[] = [
  'breaker',
  'route',
  'attempts',
  'trust',
  'classify',
  'observeBody',
  'replace',
] satisfies (keyof ProtectAxiosOptions)[];

/** Options with the breaker that the instance goes by. */
type CheckedOptions = Omit<ProtectAxiosOptions, 'breaker'> & { readonly breaker: BreakerChoice };

/** The one place where options are checked. */
export function checked(options: ProtectAxiosOptions): CheckedOptions {
  const { breaker, route, attempts, trust, classify, observeBody, replace } = Object(options) as ProtectAxiosOptions;
  requireOptions('protectAxios', Object(options), NAMES);
  requireRoute('protectAxios', { breaker, route, attempts });
  requireTrust(trust);
  const choice = route ? route.service : breaker;
  if (typeof choice !== 'function' && typeof read(choice, 'acquire') !== 'function') {
    invalid('breaker', 'a breaker or a function that picks one for a request', choice);
  }
  if (classify !== undefined) requireFunction('classify', classify);
  for (const [name, value] of Object.entries({ observeBody, replace })) {
    if (value !== undefined && typeof value !== 'boolean') invalid(name, 'true or false', value);
  }
  return {
    breaker: choice as BreakerChoice,
    route,
    attempts,
    trust: route ? 'all' : trust,
    classify,
    observeBody,
    replace,
  };
}
