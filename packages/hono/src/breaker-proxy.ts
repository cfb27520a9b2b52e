import { createRegistry, type Registry } from '@switchgear/core';
import { isTrusted, read } from '@switchgear/core/adapter';
import type { Context, Handler } from 'hono';
import { type BreakerProxyOptions, checkedProxy } from './breaker-proxy-options.ts';
import { forwardRequest } from './forward-request.ts';
import { guardRequest } from './guard-request.ts';
import { breakerOf } from './options.ts';
import { callSucceeded, classifyUpstream, type UpstreamEnding } from './outcome.ts';
import { refuseRequest } from './refusal.ts';
import { BUFFERED_BYTES, type ReceivedBody } from './request-body.ts';
import { routedCall } from './routed.ts';

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
  } = checkedProxy(options);
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
