import { type Breaker, findCircuitOpen, type Permit, type Ruling } from '@switchgear/core';
import { classifyWith, isFailure, outcomeOfAbort } from '@switchgear/core/adapter';
import type { Call } from './call.ts';
import type { FetchFunction } from './fetch-function.ts';
import { observed } from './observed.ts';
import type { OnlineWatch } from './online.ts';
import type { BreakerFetchOptions } from './options.ts';
import { classifyFetch, type FetchEnding } from './outcome.ts';
import { isBareTypeError, isOwnMistake } from './own-mistake.ts';
import { answerFor } from './refusal.ts';
import { uploadOf } from './upload.ts';

/** The platform makes no such request; no service heard of it. */
const MISTAKE: Ruling = { outcome: 'ignored', kind: 'mistake' };

/** What was to be sent broke on this side. */
const UPLOAD: Ruling = { outcome: 'ignored', kind: 'upload' };

/** Everything about one request. */
export interface Guarded {
  readonly breaker: Breaker;
  readonly send: FetchFunction;
  readonly args: Parameters<typeof fetch>;
  readonly call: Call;
  readonly options: BreakerFetchOptions;
  readonly online: OnlineWatch;
}

/**
 * Makes one request under a permit. It is settled at the headers, because the body belongs to the caller; what the request
 * gives or throws comes through as it is.
 */
export async function guarded({ breaker, send, args, call, options, online }: Guarded): Promise<Response> {
  const { classify, onOpen, observeBody } = options;
  const upload = uploadOf(args, options.fetch === undefined);
  let permit: Permit;
  try {
    permit = breaker.acquire();
  } catch (error) {
    return refused(error, call, onOpen);
  }
  // Whoever ended the call from outside has the first word, whatever the error looks like.
  const judged = (error: unknown, byDefault: (ending: FetchEnding) => Ruling) =>
    outcomeOfAbort(call.signal) ?? classifyWith({ error }, classify, byDefault, breaker);
  const settleFailed = (error: unknown, own: Ruling | undefined) => {
    const verdict = judged(error, (ending) => own ?? classifyFetch(ending));
    permit.settle(verdict);
    if (isFailure(verdict)) online.unanswered(breaker);
  };
  let value: Response;
  try {
    value = await send(...(upload?.args ?? args));
  } catch (error) {
    const broken = upload?.hasBroken(error);
    const isBroken = typeof broken === 'object' ? await broken : broken;
    const own = isBroken ? UPLOAD : isOwnMistake(error, call, args) ? MISTAKE : undefined;
    // A file has to be read to be known as unreadable, and the caller does not wait for that.
    const asked = !own && isBareTypeError(error) ? upload?.hasUnreadableFiles?.() : undefined;
    if (asked) void asked.then((isUnreadable) => settleFailed(error, isUnreadable ? UPLOAD : undefined));
    else settleFailed(error, own);
    throw error;
  }
  permit.settle(classifyWith({ value }, classify, classifyFetch, breaker));
  online.answered(breaker);
  if (!observeBody) return value;
  return observed(value, (error) => {
    const verdict = judged(error, classifyFetch);
    // The call has been counted; only what is held against the service is news.
    if (isFailure(verdict)) breaker.record(verdict);
  });
}

async function refused(error: unknown, call: Call, onOpen: BreakerFetchOptions['onOpen']): Promise<Response> {
  const open = findCircuitOpen(error);
  if (!open || onOpen === undefined || onOpen === 'throw') throw error;
  if (onOpen === 'respond') return answerFor(open);
  // A function that answers nothing has refused, too.
  const answer: unknown = await onOpen(open, { url: call.url, method: call.method });
  if (answer === undefined) throw open;
  return answer as Response;
}
