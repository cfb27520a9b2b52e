import { createRegistry, type Registry, type Router } from '@switchgear/core';
import { type AttemptsChoice, isTrusted, read, requireRoute, type Trust } from '@switchgear/core/adapter';
import type { Context, Handler } from 'hono';
import { type ForwardedHeaders, forwardRequest } from './forward-request.ts';
import { guardRequest } from './guard-request.ts';
import { breakerOf, checked, type HonoBreakerChoice } from './options.ts';
import { type ClassifyUpstream, callSucceeded, classifyUpstream, type UpstreamEnding } from './outcome.ts';
import { type OnHonoOpen, refuseRequest } from './refusal.ts';
import { BUFFERED_BYTES, type ReceivedBody } from './request-body.ts';
import { routedCall } from './routed.ts';

/** Options of {@link breakerProxy}. */
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
   * Classifies how a call ended. Return `undefined` to keep the ruling of {@link classifyUpstream}. Not called for an error
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

/** A handler made by {@link breakerProxy}. */
export interface BreakerProxyHandler extends Handler {
  /** The breakers it makes if no `breaker` is given, one for each origin: for dashboards, health checks and metrics. */
  readonly breakers: Registry;
}

/**
 * A handler that forwards requests to an upstream behind a breaker, as RFC 9110 requires of proxies. Answers and errors of
 * the upstream come through unchanged.
 *
 * A permit is asked for when the request's body is in, and settled when the answer begins; a stream that breaks off later
 * changes nothing.
 *
 * @throws {TypeError} for an unknown option or one of the wrong type
 * @example
 * ```ts
 * app.all('/payments/*', breakerProxy({ to: 'https://payments.internal' }));
 * ```
 */
export function breakerProxy(options: BreakerProxyOptions): BreakerProxyHandler {
  const names = [
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
  const settings = checked('breakerProxy', options, [...names], options?.route === undefined ? ['to'] : []);
  requireRoute('breakerProxy', { ...settings });
  const {
    to,
    breaker,
    route,
    attempts,
    trust,
    classify,
    onOpen,
    forward,
    forwarded = 'drop',
    bufferBody = BUFFERED_BYTES,
  } = settings;
  const breakers = createRegistry({ options: (origin) => ({ name: origin }) });

  function callFor(url: URL, c: Context, signal: AbortSignal, { request, bytes }: ReceivedBody, own = {}) {
    if (request) c.req.raw = request;
    if (forward) return () => forward(url, c);
    const replacement = typeof forwarded === 'function' ? forwarded(c) : {};
    return forwardRequest(c.req.raw, {
      url,
      bytes,
      signal,
      forwarded: forwarded === 'pass' ? 'pass' : replacement,
      own,
    });
  }

  function breakerProxy(c: Context): Response | PromiseLike<Response> {
    const url = new URL(typeof to === 'function' ? to(c) : addressBelow(to ?? new URL('/', c.req.url), c));
    const { raw } = c.req;
    const { signal } = raw;
    const own = route?.service ?? (breaker === undefined ? breakers.get(url.origin) : breakerOf(breaker, c));
    if (!own) return callFor(url, c, signal, {})();
    const isBelieved = route !== undefined || isTrusted(trust, url.origin);
    const classified = {
      classify,
      byDefault: (ending: UpstreamEnding) => classifyUpstream(ending, () => own.clock.wall(), isBelieved),
    };
    const routes =
      route &&
      routedCall(
        route,
        { url, request: raw, attempts, isForwarded: forward !== undefined, ...classified },
        (at, body, own) => callFor(at, c, signal, body, own),
      );
    const answer = guardRequest<Response>(own, {
      request: raw,
      signal,
      bufferBody,
      nodeRequest: read(c.env, 'incoming'),
      ...classified,
      succeeded: callSucceeded,
      prepare: routes?.prepare ?? ((body) => callFor(url, c, signal, body)),
      onRefused: (open) => refuseRequest(open, c, onOpen),
    });
    if (!routes) return answer;
    return answer.catch((error: unknown) => {
      const open = routes.refused(error);
      if (open) return refuseRequest(open, c, onOpen);
      throw error;
    });
  }

  return Object.assign(breakerProxy, { breakers });
}

/** The path cannot lead out of the address, because a parsed URL contains neither `..` nor another host. */
function addressBelow(to: string | URL, c: Context): URL {
  const [url, asked] = [new URL(to), new URL(c.req.url)];
  url.pathname = url.pathname.replace(/\/$/, '') + asked.pathname;
  url.search = asked.search;
  return url;
}
