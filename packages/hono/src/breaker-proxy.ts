import { type Breaker, createRegistry, type Registry } from '@switchgear/core';
import { read } from '@switchgear/core/adapter';
import type { Context, Handler } from 'hono';
import { type Arrival, BUFFERED_BYTES } from './arrival.ts';
import { guarded, type ReadyCall } from './guarded.ts';
import { checked, type HonoBreakerChoice } from './options.ts';
import { type ForwardedHeaders, passOn } from './pass-on.ts';
import { picked } from './picked.ts';
import { type OnHonoOpen, refused } from './refusal.ts';
import type { ClassifyUpstream } from './upstream.ts';

/** Options of {@link breakerProxy}. */
export interface BreakerProxyOptions {
  /**
   * Where requests go: an address to which their path and query are added, or a function that gives the whole address of
   * each. An error it throws is the request's error.
   */
  readonly to: string | URL | ((c: Context) => string | URL);

  /**
   * The breaker in front of the upstream, or a function that picks one for each request: `undefined` lets that request
   * through unprotected. An error it throws is the request's error.
   *
   * @default one for each origin, named after it, from a registry of its own that keeps 1 000
   */
  readonly breaker?: HonoBreakerChoice | undefined;

  /**
   * Judges the endings that {@link classifyUpstream} judges otherwise than you would; `undefined` leaves one to it. Not asked
   * about what went wrong after the client had left.
   *
   * @default classifyUpstream
   */
  readonly classify?: ClassifyUpstream | undefined;

  /**
   * What a client gets while the circuit is open: `'respond'` answers 503 with Retry-After; `'throw'` throws the
   * `CircuitOpenError` for the app's `onError`; a function answers itself, say with the last good copy, or throws.
   *
   * @default 'respond'
   */
  readonly onOpen?: OnHonoOpen | undefined;

  /**
   * Makes the call, for other headers, a time limit or a service binding. `c.req.raw` is the request as it came, headers of
   * its connection included; Hono's `proxy` takes out most of those.
   *
   * @default the request as it came, but for its Host and the headers that are not meant for the upstream
   * @example
   * ```ts
   * forward: (url, c) => proxy(url, { raw: c.req.raw, signal: AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(3_000)]) })
   * ```
   */
  readonly forward?: ((url: URL, c: Context) => Response | PromiseLike<Response>) | undefined;

  /**
   * What becomes of `Forwarded`, `X-Forwarded-*` and `X-Real-IP`, which a client can write as well as any proxy. `'drop'`
   * takes them out; `'pass'` lets them through, for an app behind a proxy of its own that overwrites them; a function gives
   * the headers to send in their place. Not asked where there is a `forward`.
   *
   * @default 'drop'
   * @example
   * ```ts
   * forwarded: (c) => ({ 'x-forwarded-for': getConnInfo(c).remote.address ?? '', 'x-forwarded-proto': 'https' })
   * ```
   */
  readonly forwarded?: 'drop' | 'pass' | ((c: Context) => ForwardedHeaders) | undefined;

  /**
   * How many bytes of a request's body are kept while it comes in: a permit is asked for once the body is there, since a
   * client's slowness is not the upstream's. A body that is not smaller streams to the upstream, and its request asks for a
   * permit when the rest of it has come. With 0 all bodies do.
   *
   * @default 1_048_576
   */
  readonly bufferBody?: number | undefined;
}

/** What {@link breakerProxy} makes. */
export interface BreakerProxyHandler extends Handler {
  /** The breakers that it makes where none is given, one for each origin: for dashboards, health checks and metrics. */
  readonly breakers: Registry;
}

/**
 * A handler that passes requests on to an upstream behind a breaker, as RFC 9110 has it. The upstream's answer and its errors
 * come through as they are.
 *
 * A permit is asked for when the request's body is in, and settled when the answer begins; a stream that breaks off later
 * changes nothing.
 *
 * @throws {TypeError} for an unknown option and for one of the wrong kind
 * @example
 * ```ts
 * app.all('/payments/*', breakerProxy({ to: 'https://payments.internal' }));
 * ```
 */
export function breakerProxy(options: BreakerProxyOptions): BreakerProxyHandler {
  const names = ['to', 'breaker', 'classify', 'onOpen', 'forward', 'forwarded', 'bufferBody'] as const;
  const settings = checked('breakerProxy', options, [...names]);
  const { to, breaker, classify, onOpen, forward, forwarded = 'drop', bufferBody = BUFFERED_BYTES } = settings;
  const breakers = createRegistry({ options: (origin) => ({ name: origin }) });

  function breakerFor(c: Context, url: URL): Breaker | undefined {
    return breaker === undefined ? breakers.get(url.origin) : picked(breaker, c);
  }

  function ready(url: URL, c: Context, signal: AbortSignal, { request, bytes }: Arrival): ReadyCall {
    if (request) c.req.raw = request;
    if (forward) return () => forward(url, c);
    return passOn({ url, request: c.req.raw, bytes, signal, forwarded: said(c) });
  }

  function said(c: Context): 'pass' | ForwardedHeaders {
    if (typeof forwarded === 'function') return forwarded(c);
    return forwarded === 'pass' ? 'pass' : {};
  }

  async function breakerProxy(c: Context): Promise<Response> {
    const url = new URL(typeof to === 'function' ? to(c) : below(to, c));
    const { raw } = c.req;
    const { signal } = raw;
    const own = breakerFor(c, url);
    if (!own) return ready(url, c, signal, {})();
    return guarded({
      breaker: own,
      request: raw,
      signal,
      most: bufferBody,
      incoming: read(c.env, 'incoming'),
      prepare: (arrival) => ready(url, c, signal, arrival),
      classify,
      refuse: (open) => refused(open, c, onOpen),
    });
  }

  return Object.assign(breakerProxy, { breakers });
}

/** The path cannot lead out of the address: a URL has neither `..` nor another host in it once it is parsed. */
function below(to: string | URL, c: Context): URL {
  const [url, asked] = [new URL(to), new URL(c.req.url)];
  url.pathname = url.pathname.replace(/\/$/, '') + asked.pathname;
  url.search = asked.search;
  return url;
}
