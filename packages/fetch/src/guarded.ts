import type { Breaker } from '@switchgear/core';
import {
  classifyWith,
  type GuardOptions,
  guard,
  isFailure,
  isTrusted,
  outcomeOfAbort,
  watchUpload,
} from '@switchgear/core/adapter';
import { observed } from './body.ts';
import type { Call, FetchFunction } from './call.ts';
import type { OnlineWatch } from './online.ts';
import type { BreakerFetchOptions } from './options.ts';
import { classifyFetch, type FetchEnding, isOwnMistake } from './outcome.ts';
import { onRefused } from './refusal.ts';
import { uploadOf } from './upload.ts';

/** Everything about one request but who sends it. */
export interface FetchRequest {
  readonly args: Parameters<typeof fetch>;
  readonly call: Call;
  readonly options: BreakerFetchOptions;
  readonly online: OnlineWatch;
}

/** Makes one request under a permit. It is settled when the headers arrive, because the body belongs to the caller. */
export function guarded(breaker: Breaker, send: FetchFunction, request: FetchRequest): Promise<Response> {
  const { args, call, options } = request;
  const upload = uploadOf(args, options.fetch === undefined);
  const watched = watchUpload(
    // Async, so that the source is checked after an error that is thrown at once, too.
    upload ? async () => send(...upload.args) : () => send(...args),
    () => upload,
    (error) => isOwnMistake(error, call, args),
  );
  return guard<Response>(breaker, watched.call, { ...guardOptionsOf(breaker, request), ownFault: watched.ownFault });
}

/** How a request is classified, refused and observed. */
export function guardOptionsOf(breaker: Breaker, { call, options, online }: FetchRequest): GuardOptions<Response> {
  const { classify, onOpen, observeBody } = options;
  const ofCaller = (ending: FetchEnding) => ('error' in ending ? outcomeOfAbort(call.signal) : undefined);
  const trust = options.route !== undefined || isTrusted(options.trust, call.url);
  const byDefault = (ending: FetchEnding) => classifyFetch(ending, () => breaker.clock.wall(), trust);
  return {
    classify,
    byDefault,
    ofCaller,
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
  };
}
