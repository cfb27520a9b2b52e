import type { Router } from '@switchgear/core';
import { type AttemptsChoice, requireRoute, type Trust } from '@switchgear/core/adapter';
import type { Context } from 'hono';
import type { ForwardedHeaders } from './forward-request.ts';
import { checked, type HonoBreakerChoice } from './options.ts';
import type { ClassifyUpstream } from './outcome.ts';
import type { OnHonoOpen } from './refusal.ts';

/** Options of `breakerProxy`. */
export interface BreakerProxyOptions {
  /**
   * Where requests go: an address to which their path and query are added, or a function that returns the whole address for
   * a request. If it throws, the request fails with that error.
   *
   * @default with `route` the path and query of the request itself; otherwise it must be given
   */
  readonly to?: string | URL | ((c: Context) => string | URL) | undefined;

  /**
   * In place of a breaker, chooses the endpoint of each attempt: a balancer of `@switchgear/balancer`. The origin of the address
   * is replaced by that of the endpoint. The whole request is under the breaker of the service.
   *
   * @default undefined
   * @example
   * ```ts
   * app.all('/search/*', breakerProxy({ route: createBalancer({ name: 'search', endpoints }) }));
   * ```
   */
  readonly route?: Router | undefined;

  /**
   * With `route`, the most attempts of a request. A number is for safe methods (GET, HEAD, OPTIONS, TRACE); a function is asked
   * for any request. A body that streams is sent once, and one for `forward` too.
   *
   * @default 2
   */
  readonly attempts?: AttemptsChoice<Request> | undefined;

  /**
   * The breaker in front of the upstream, or a function that picks one for each request: `undefined` lets that request
   * through unprotected. If it throws, the request fails with that error.
   *
   * @default one for each origin, named after it and in adaptive mode, from a registry of its own that keeps 1,000
   */
  readonly breaker?: HonoBreakerChoice | undefined;

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
   * Classifies how a call ended. Return `undefined` to keep the ruling of `classifyUpstream`. Not called for an error
   * after the client had left.
   *
   * @default classifyUpstream
   */
  readonly classify?: ClassifyUpstream | undefined;

  /**
   * What a client gets while the circuit is open. `'respond'` answers 503 with Retry-After; `'throw'` throws the
   * `CircuitOpenError` for the app's `onError`; a function answers itself, for example from a cache, or throws.
   *
   * @default 'respond'
   */
  readonly onOpen?: OnHonoOpen | undefined;

  /**
   * Makes the call, to set headers, a time limit or a service binding. `c.req.raw` is the request as it came, including its
   * hop-by-hop headers; Hono's `proxy` removes most of those.
   *
   * @default the request as it came, without Host and the headers that are not meant for the upstream
   * @example
   * ```ts
   * forward: (url, c) => proxy(url, { raw: c.req.raw, signal: AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(3_000)]) })
   * ```
   */
  readonly forward?: ((url: URL, c: Context) => Response | PromiseLike<Response>) | undefined;

  /**
   * What to do with `Forwarded`, `X-Forwarded-*` and `X-Real-IP`, which any client can write. `'drop'` removes them; `'pass'`
   * keeps them, for an app behind a proxy of its own that overwrites them; a function returns the headers to send instead.
   * Not used with `forward`.
   *
   * @default 'drop'
   * @example
   * ```ts
   * forwarded: (c) => ({ 'x-forwarded-for': getConnInfo(c).remote.address ?? '', 'x-forwarded-proto': 'https' })
   * ```
   */
  readonly forwarded?: 'drop' | 'pass' | ((c: Context) => ForwardedHeaders) | undefined;

  /**
   * How many bytes of a request's body are kept while it comes in. A permit is asked for once the body is in, because a slow
   * client says nothing about the upstream. A body of this size or more streams to the upstream, and its request asks for a
   * permit when the rest has come. With 0, every body streams.
   *
   * @default 1_048_576
   */
  readonly bufferBody?: number | undefined;
}

const NAMES = [
  'to',
  'breaker',
  'route',
  'attempts',
  'trust',
  'classify',
  'onOpen',
  'forward',
  'forwarded',
  'bufferBody',
] as const;

/** Checks the options of `breakerProxy`. */
export function checkedProxy(options: BreakerProxyOptions): BreakerProxyOptions {
  const settings = checked('breakerProxy', options, [...NAMES], options?.route === undefined ? ['to'] : []);
  requireRoute('breakerProxy', { ...settings });
  return settings;
}
