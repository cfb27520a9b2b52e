import { type Breaker, createRegistry } from '@switchgear/core';
import type { Context, Handler } from 'hono';
import { proxy } from 'hono/proxy';
import { guarded } from './guarded.ts';
import { checked, type HonoBreakerChoice } from './options.ts';
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
   * Makes the call, for other headers, a time limit or a service binding.
   *
   * @default the request as it came but for its Host, through Hono's `proxy`
   * @example
   * ```ts
   * forward: (url, c) => proxy(url, { raw: c.req.raw, signal: AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(3_000)]) })
   * ```
   */
  readonly forward?: ((url: URL, c: Context) => Response | PromiseLike<Response>) | undefined;
}

/**
 * A handler that passes requests on to an upstream behind a breaker. It is Hono's `proxy` that passes them on; the
 * upstream's answer and its errors come through as they are.
 *
 * A permit is settled when the answer begins; a stream that breaks off later changes nothing.
 *
 * @throws {TypeError} for an unknown option and for one of the wrong kind
 * @example
 * ```ts
 * app.all('/payments/*', breakerProxy({ to: 'https://payments.internal' }));
 * ```
 */
export function breakerProxy(options: BreakerProxyOptions): Handler {
  const names = ['to', 'breaker', 'classify', 'onOpen', 'forward'] as const;
  const { to, breaker, classify, onOpen, forward } = checked('breakerProxy', options, [...names]);
  const registry = createRegistry({ options: (origin) => ({ name: origin }) });

  function breakerFor(c: Context, url: URL): Breaker | undefined {
    if (breaker === undefined) return registry.get(url.origin);
    return typeof breaker === 'function' ? breaker(c) : breaker;
  }

  return async function breakerProxy(c) {
    const url = new URL(typeof to === 'function' ? to(c) : below(to, c));
    const call = forward ? () => forward(url, c) : wholeRequest(url, c);
    const own = breakerFor(c, url);
    if (!own) return call();
    const { signal } = c.req.raw;
    return guarded({ breaker: own, call, signal, classify, refuse: (open) => refused(open, c, onOpen) });
  };
}

/** The path cannot lead out of the address: a URL has neither `..` nor another host in it once it is parsed. */
function below(to: string | URL, c: Context): URL {
  const [url, asked] = [new URL(to), new URL(c.req.url)];
  url.pathname = url.pathname.replace(/\/$/, '') + asked.pathname;
  url.search = asked.search;
  return url;
}

/**
 * The call that passes all of a request on. The request is made before the call, so that one whose body has been read is
 * refused before a permit is taken.
 */
function wholeRequest(url: URL, c: Context): () => Promise<Response> {
  const headers = new Headers(c.req.raw.headers);
  // The upstream has a name of its own, and may tell its sites apart by it.
  headers.delete('host');
  const raw = new Request(c.req.raw, { headers, signal: null });
  // The client's own signal: Node lets go of a request that only follows it, and then nothing follows.
  const { signal } = c.req.raw;
  return () => proxy(url, { raw, signal });
}
