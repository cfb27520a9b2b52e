import { type Breaker, findCircuitOpen, type Outcome, type Permit, type Ruling } from '@switchgear/core';
import { classifyWith } from '@switchgear/core/adapter';
import type { AxiosAdapter, AxiosPromise, InternalAxiosRequestConfig } from 'axios';
import type { AxiosCopy } from './axios-copy.ts';
import { rejectionOfFired, rulingOfAbort } from './caller-abort.ts';
import { neverSent } from './never-sent.ts';
import { type AxiosEnding, type ClassifyAxios, classifyAxios } from './outcome.ts';
import { refusal } from './refusal.ts';
import { settleWithBody } from './settle-with-body.ts';
import { uploadOf } from './upload.ts';

/** What a guarded call needs besides itself. */
export interface Guard {
  readonly classify: ClassifyAxios | undefined;

  /** Whether the call lasts until a streamed body has ended. */
  readonly observeBody: boolean;

  /** Whether one of axios' own adapters sends it. */
  readonly isOwnAdapter: () => boolean;

  readonly copy: AxiosCopy;
}

/** The request was never made. */
const MISTAKE: Ruling = { outcome: 'ignored', kind: 'mistake' };

/** What was to be sent broke on this side. */
const UPLOAD: Ruling = { outcome: 'ignored', kind: 'upload' };

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
  const { classify, observeBody, isOwnAdapter, copy } = guard;
  const fired = rejectionOfFired(config, copy.CanceledError as never);
  if (fired) return Promise.reject(fired.error);
  let permit: Permit;
  try {
    permit = breaker.acquire();
  } catch (error) {
    const open = findCircuitOpen(error);
    return Promise.reject(open ? refusal(copy.AxiosError, open, config) : error);
  }
  const settle = (ending: AxiosEnding, own?: Ruling) => permit.settle(rule(ending, config, classify, breaker, own));
  const upload = uploadOf(config.data);
  const settleFailed = (error: unknown, isBroken = false): never => {
    const own = isBroken ? UPLOAD : neverSent(error, config, copy, isOwnAdapter) ? MISTAKE : undefined;
    // A file has to be read to be known as unreadable, and the caller does not wait for that.
    const asked = own ? undefined : upload?.hasUnreadableFiles?.(error);
    if (asked) void asked.then((isUnreadable) => settle({ error }, isUnreadable ? UPLOAD : undefined));
    else settle({ error }, own);
    throw error;
  };
  let answer: AxiosPromise;
  try {
    answer = Promise.resolve(send(config));
  } catch (error) {
    upload?.leave();
    // Thrown on: axios treats an adapter that throws at once unlike one that rejects.
    return settleFailed(error);
  }
  return answer.then(
    (value) => {
      upload?.leave();
      const later = observeBody && settleWithBody(value, config, permit, settle);
      if (!later) settle({ value });
      return value;
    },
    (error: unknown) => {
      upload?.leave();
      const broken = upload?.hasBroken(error) ?? false;
      if (typeof broken === 'boolean') return settleFailed(error, broken);
      return broken.then((isBroken) => settleFailed(error, isBroken));
    },
  );
}

/** An abort from outside decides first, then the user's classifier, then the caller's own mistakes, then the default. */
function rule(
  ending: AxiosEnding,
  config: InternalAxiosRequestConfig,
  classify: ClassifyAxios | undefined,
  breaker: Breaker,
  own: Ruling | undefined,
): Outcome | Ruling {
  const aborted = 'error' in ending ? rulingOfAbort(config, [ending.error]) : undefined;
  return aborted ?? classifyWith(ending, classify, (given) => own ?? classifyAxios(given), breaker);
}
