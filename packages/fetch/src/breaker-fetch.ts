import { createRegistry, type Registry } from '@switchgear/core';
import { chosenBreaker } from '@switchgear/core/adapter';
import { callOf, refuseFired } from './call.ts';
import { guarded } from './guarded.ts';
import { onlineWatch } from './online.ts';
import { type BreakerFetchOptions, checked, originOf } from './options.ts';
import { routed } from './routed.ts';
import { senderOf } from './sender.ts';

/** A protected fetch that made its breakers itself. */
export type OriginFetch = typeof fetch & {
  /** One for each origin, named after it: to inspect, to subscribe to, to show on a dashboard. */
  readonly breakers: Registry;
};

/**
 * `fetch` behind circuit breakers: called like it, typed like it, and fit for any option that takes one.
 *
 * A permit is taken once the address is known to be valid, and settled when the headers arrive. Requests are never cloned,
 * repeated or read. A redirect counts for the origin that was asked. It may itself become the global `fetch`.
 *
 * @throws {TypeError} for an unknown or invalid option
 * @example
 * ```ts
 * const fetch = breakerFetch();
 * const answer = await fetch('https://tiles.example/4/8/5.png');
 * ```
 */
export function breakerFetch(options?: BreakerFetchOptions & { readonly breaker?: undefined }): OriginFetch;
export function breakerFetch(options: BreakerFetchOptions): typeof fetch;
export function breakerFetch(options: BreakerFetchOptions = {}): typeof fetch {
  const { breaker, route, fetch: given, base } = checked(options);
  const online = onlineWatch();
  const breakers =
    breaker === undefined && route === undefined
      ? createRegistry({ options: (origin) => ({ name: origin }) })
      : undefined;
  const choice = breaker ?? ((request) => breakers?.get(originOf(request)));
  const pick = typeof choice === 'function' ? choice : () => choice;
  const sender = senderOf(given, () => protectedFetch);

  const protectedFetch = {
    async fetch(...args: Parameters<typeof fetch>): Promise<Response> {
      const call = callOf(args, base ?? pageAddress() ?? (route && NOWHERE));
      const request = call ? `${call.method} ${call.url}` : args[0];
      if (sender.returns(request)) return sender.before(args);
      const send = (...sent: Parameters<typeof fetch>) => sender.send(request, sent);
      if (!call) return send(...args);
      refuseFired(call.signal, args[1]);
      if (route) return routed({ route, sender, args, call, options, online });
      const own = chosenBreaker('what breaker picks', pick({ url: call.url, method: call.method }));
      return own ? guarded(own, send, { args, call, options, online }) : send(...args);
    },
  }.fetch;

  // Runtimes and libraries put properties on fetch, as Bun does with `preconnect`.
  Object.assign(protectedFetch, given ?? globalThis.fetch);
  return Object.defineProperties(protectedFetch, {
    length: { value: 1 },
    ...(breakers && { breakers: { value: breakers } }),
  }) as typeof fetch;
}

/** The base of relative addresses where an endpoint is put in the place of their origin. */
const NOWHERE = 'http://endpoint.invalid';

/** The base of relative addresses on this platform, in a page and in a worker. A page may change it. */
function pageAddress(): string | undefined {
  return globalThis.document?.baseURI ?? globalThis.location?.href;
}
