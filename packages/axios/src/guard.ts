import { type Breaker, findCircuitOpen, judge, type Outcome, type Permit, type Ruling } from '@switchgear/core';
import type { AxiosAdapter, AxiosError, AxiosPromise, InternalAxiosRequestConfig } from 'axios';
import { rulingOfAbort } from './caller-abort.ts';
import { type AxiosEnding, type ClassifyAxios, classifyAxios } from './outcome.ts';
import { refusal } from './refusal.ts';
import { settleWithBody } from './settle-with-body.ts';

/** What a guarded call needs besides itself. */
export interface Guard {
  readonly classify: ClassifyAxios | undefined;

  /** Whether the call lasts until a streamed body has ended. */
  readonly observeBody: boolean;

  /** The `AxiosError` of the copy of axios that the instance belongs to. */
  readonly AxiosError: typeof AxiosError;
}

/**
 * Makes one network call under a permit. Nothing lies between taking the permit and the call, or between its end and
 * the settlement, so no interceptor can come between them. What the call throws or gives comes through as it is.
 */
export function guarded(
  breaker: Breaker,
  send: AxiosAdapter,
  config: InternalAxiosRequestConfig,
  guard: Guard,
): AxiosPromise {
  let permit: Permit;
  try {
    permit = breaker.acquire();
  } catch (error) {
    const open = findCircuitOpen(error);
    return Promise.reject(open ? refusal(guard.AxiosError, open, config) : error);
  }
  const settle = (ending: AxiosEnding) => permit.settle(rule(ending, config, guard.classify, breaker));
  let answer: AxiosPromise;
  try {
    answer = Promise.resolve(send(config));
  } catch (error) {
    // Thrown on: axios treats an adapter that throws at once unlike one that rejects.
    settle({ error });
    throw error;
  }
  return answer.then(
    (value) => {
      const later = guard.observeBody && settleWithBody(value, config, permit, settle);
      if (!later) settle({ value });
      return value;
    },
    (error: unknown) => {
      settle({ error });
      throw error;
    },
  );
}

/** Whoever ended a call from outside has the first word, then the user's classifier, then the default. */
function rule(
  ending: AxiosEnding,
  config: InternalAxiosRequestConfig,
  classify: ClassifyAxios | undefined,
  breaker: Breaker,
): Outcome | Ruling {
  const aborted = 'error' in ending ? rulingOfAbort(config, ending.error) : undefined;
  return aborted ?? judge(ending, classify, classifyAxios, breaker);
}
