import { createRegistry, type Registry } from '@switchgear/core';
import { chosenBreaker } from '@switchgear/core/adapter';
import { callOf } from './call.ts';
import { refuseFired } from './fired-signal.ts';
import { guarded } from './guard.ts';
import { onlineWatch } from './online.ts';
import { type BreakerFetchOptions, checked } from './options.ts';
import { originOf } from './origin-of.ts';
import { senderOf } from './sender.ts';

/** A protected fetch that made its breakers itself. */
export type OriginFetch = typeof fetch & {
  /** One for each origin, named after it: to look at, to subscribe to, to hand to a dashboard. */
  readonly breakers: Registry;
};

/**
 * `fetch` behind circuit breakers: called like it, typed like it, and fit for any option that takes one.
 *
 * A permit is taken once the address is known to be one, and settled at the headers. Requests are never cloned, repeated
 * or read. A redirect is charged to the origin that was asked. It may be made the global `fetch` itself.
 *
 * @throws {TypeError} for an unknown option and for one of the wrong kind
 * @example
 * ```ts
 * const fetch = breakerFetch();
 * const answer = await fetch('https://tiles.example/4/8/5.png');
 * ```
 */
export function breakerFetch(options?: BreakerFetchOptions & { readonly breaker?: undefined }): OriginFetch;
export function breakerFetch(options: BreakerFetchOptions): typeof fetch;
export function breakerFetch(options: BreakerFetchOptions = {}): typeof fetch {
  const { breaker, fetch: given, base } = checked(options);
  const online = onlineWatch();
  const breakers = breaker === undefined ? createRegistry({ options: (origin) => ({ name: origin }) }) : undefined;
  const choice = breaker ?? ((request) => breakers?.get(originOf(request)));
  const pick = typeof choice === 'function' ? choice : () => choice;
  const sender = senderOf(given, () => protectedFetch);

  const protectedFetch = {
    async fetch(...args: Parameters<typeof fetch>): Promise<Response> {
      const call = callOf(args, base ?? pageAddress());
      const request = call ? `${call.method} ${call.url}` : args[0];
      if (sender.returns(request)) return sender.before(args);
      const send = (...sent: Parameters<typeof fetch>) => sender.send(request, sent);
      if (!call) return send(...args);
      refuseFired(call.signal, args[1]);
      const own = chosenBreaker('what breaker picks', pick({ url: call.url, method: call.method }));
      return own ? guarded({ breaker: own, send, args, call, options, online }) : send(...args);
    },
  }.fetch;

  // Runtimes and libraries put things on fetch: Bun has `preconnect` there.
  Object.assign(protectedFetch, given ?? globalThis.fetch);
  return Object.defineProperties(protectedFetch, {
    length: { value: 1 },
    ...(breakers && { breakers: { value: breakers } }),
  }) as typeof fetch;
}

/** What the platform takes relative addresses to be relative to, in a page and in a worker. A page may change it. */
function pageAddress(): string | undefined {
  return globalThis.document?.baseURI ?? globalThis.location?.href;
}
