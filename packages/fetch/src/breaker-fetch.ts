import { createRegistry } from '@switchgear/core';
import { callOf } from './call.ts';
import { guarded } from './guard.ts';
import { onlineWatch } from './online.ts';
import { type BreakerFetchOptions, checked, type FetchBreakerChoice } from './options.ts';
import { originOf } from './origin-of.ts';

/**
 * `fetch` behind circuit breakers: called like it, typed like it, and fit for any option that takes one.
 *
 * A permit is taken once the address is known to be one, and settled at the headers. Requests are never cloned, repeated
 * or read. A redirect is charged to the origin that was asked.
 *
 * @throws {TypeError} for an unknown option and for one of the wrong kind
 * @example
 * ```ts
 * const fetch = breakerFetch();
 * const answer = await fetch('https://tiles.example/4/8/5.png');
 * ```
 */
export function breakerFetch(options: BreakerFetchOptions = {}): typeof fetch {
  const { breaker = oneForEachOrigin(), fetch: given, base } = checked(options);
  const online = onlineWatch();
  const pick = typeof breaker === 'function' ? breaker : () => breaker;

  const protectedFetch = {
    async fetch(...args: Parameters<typeof fetch>): Promise<Response> {
      const send = given ?? globalThis.fetch;
      const call = callOf(args, base ?? pageAddress());
      const own = call && pick({ url: call.url, method: call.method });
      return own ? guarded({ breaker: own, send, args, call, options, online }) : send(...args);
    },
  }.fetch;

  // Runtimes and libraries put things on fetch: Bun has `preconnect` there.
  const kept = Object.assign(protectedFetch, given ?? globalThis.fetch);
  return Object.defineProperty(kept, 'length', { value: 1 }) as typeof fetch;
}

/** What the platform takes relative addresses to be relative to, in a page and in a worker. A page may change it. */
function pageAddress(): string | undefined {
  return globalThis.document?.baseURI ?? globalThis.location?.href;
}

function oneForEachOrigin(): FetchBreakerChoice {
  const registry = createRegistry({ options: (origin) => ({ name: origin }) });
  return (request) => registry.get(originOf(request));
}
