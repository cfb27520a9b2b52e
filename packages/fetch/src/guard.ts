import { type Breaker, findCircuitOpen, judge, outcomeOfAbort, type Permit } from '@switchgear/core';
import type { Call } from './call.ts';
import type { FetchFunction } from './fetch-function.ts';
import type { BreakerFetchOptions } from './options.ts';
import { classifyFetch, type FetchEnding } from './outcome.ts';
import { isOwnMistake } from './own-mistake.ts';
import { answerFor } from './refusal.ts';

/**
 * Makes one request under a permit. It is settled at the headers, for the body belongs to the caller; what the request
 * gives or throws comes through as it is.
 */
export async function guarded(
  breaker: Breaker,
  send: FetchFunction,
  args: Parameters<typeof fetch>,
  call: Call,
  { classify, onOpen }: BreakerFetchOptions,
): Promise<Response> {
  let permit: Permit;
  try {
    permit = breaker.acquire();
  } catch (error) {
    return refused(error, call, onOpen);
  }
  const byDefault = (ending: FetchEnding) =>
    'error' in ending && isOwnMistake(ending.error, call, args[1])
      ? ({ outcome: 'ignored', kind: 'mistake' } as const)
      : classifyFetch(ending);
  let value: Response;
  try {
    value = await send(...args);
  } catch (error) {
    // Whoever ended the call from outside has the first word, whatever the error looks like.
    permit.settle(outcomeOfAbort(call.signal) ?? judge({ error }, classify, byDefault, breaker));
    throw error;
  }
  permit.settle(judge({ value }, classify, byDefault, breaker));
  return value;
}

function refused(error: unknown, call: Call, onOpen: BreakerFetchOptions['onOpen']): Response | PromiseLike<Response> {
  const open = findCircuitOpen(error);
  if (!open || onOpen === undefined || onOpen === 'throw') throw error;
  return onOpen === 'respond' ? answerFor(open) : onOpen(open, { url: call.url, method: call.method });
}
