import { type Breaker, createRegistry, type Registry } from '@switchgear/core';
import { chosenBreaker, classifyWith, guard, isFailure, outcomeOfAbort, watchUpload } from '@switchgear/core/adapter';
import { observed } from './body.ts';
import { type Call, callOf, type FetchFunction, refuseFired } from './call.ts';
import { type OnlineWatch, onlineWatch } from './online.ts';
import { type BreakerFetchOptions, checked, originOf } from './options.ts';
import { classifyFetch, type FetchEnding, isOwnMistake } from './outcome.ts';
import { onRefused } from './refusal.ts';
import { senderOf } from './sender.ts';
import { uploadOf } from './upload.ts';

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

  // Runtimes and libraries put properties on fetch, as Bun does with `preconnect`.
  Object.assign(protectedFetch, given ?? globalThis.fetch);
  return Object.defineProperties(protectedFetch, {
    length: { value: 1 },
    ...(breakers && { breakers: { value: breakers } }),
  }) as typeof fetch;
}

/** The base of relative addresses on this platform, in a page and in a worker. A page may change it. */
function pageAddress(): string | undefined {
  return globalThis.document?.baseURI ?? globalThis.location?.href;
}

/** Everything about one request. */
interface Guarded {
  readonly breaker: Breaker;
  readonly send: FetchFunction;
  readonly args: Parameters<typeof fetch>;
  readonly call: Call;
  readonly options: BreakerFetchOptions;
  readonly online: OnlineWatch;
}

/** Makes one request under a permit. It is settled when the headers arrive, because the body belongs to the caller. */
function guarded({ breaker, send, args, call, options, online }: Guarded): Promise<Response> {
  const { classify, onOpen, observeBody } = options;
  const upload = uploadOf(args, options.fetch === undefined);
  const ofCaller = (ending: FetchEnding) => ('error' in ending ? outcomeOfAbort(call.signal) : undefined);
  const byDefault = (ending: FetchEnding) => classifyFetch(ending, () => breaker.clock.wall());
  const watched = watchUpload(
    // Async, so that the source is checked after an error that is thrown at once, too.
    upload ? async () => send(...upload.args) : () => send(...args),
    () => upload,
    (error) => isOwnMistake(error, call, args),
  );
  return guard<Response>(breaker, watched.call, {
    classify,
    byDefault,
    ofCaller,
    ownFault: watched.ownFault,
    onRefused: onRefused(call, onOpen),
    settled(ruling, ending) {
      if ('value' in ending) online.answered(breaker);
      else if (isFailure(ruling)) online.unanswered(breaker);
    },
    received: observeBody
      ? (value, settle) => {
          settle({ value });
          return observed(value, (error) => {
            const ruling = ofCaller({ error }) ?? classifyWith<FetchEnding>({ error }, classify, byDefault, breaker);
            // The call has been counted already; only a failure adds to that.
            if (isFailure(ruling)) breaker.record(ruling);
          });
        }
      : undefined,
  });
}
