import type { Breaker } from '@switchgear/core';
import { type GuardOptions, guard, isTrusted, type WatchedUpload, watchUpload } from '@switchgear/core/adapter';
import type { AxiosAdapter, AxiosPromise, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { settleWithBody } from './body.ts';
import type { ProtectAxiosOptions } from './options.ts';
import { originOf } from './origin.ts';
import { classifyAxios, rulingOfAbort } from './outcome.ts';
import { type AxiosCopy, neverSent, refusal, rejectionOfFired } from './refusal.ts';
import { uploadOf } from './upload.ts';

/** What all calls of one protection share. */
export interface CallContext extends Pick<ProtectAxiosOptions, 'classify' | 'observeBody' | 'trust'> {
  /** Whether one of axios' own adapters sends the request. */
  readonly isOwnAdapter: () => boolean;

  readonly copy: AxiosCopy;
}

/** Makes one network call under a permit. Only the adapter is called in between, so no interceptor can come between them. */
export function guarded(
  breaker: Breaker,
  send: AxiosAdapter,
  config: InternalAxiosRequestConfig,
  context: CallContext,
): AxiosPromise {
  const fired = rejectionOfFired(config, context.copy.CanceledError as never);
  if (fired) return Promise.reject(fired.error);
  const { call, ownFault } = watchedCall(() => send(config), config, context);
  return guard<AxiosResponse>(breaker, call, { ...guardOptionsOf(breaker, config, context), ownFault });
}

/** A call that knows whether what it sends broke on this side. */
export function watchedCall(
  send: () => AxiosPromise,
  config: InternalAxiosRequestConfig,
  { copy, isOwnAdapter }: CallContext,
): WatchedUpload<AxiosResponse> {
  return watchUpload(
    send,
    () => uploadOf(config.data),
    (error) => neverSent(error, config, copy, isOwnAdapter),
  );
}

/** How a request is classified, refused and observed. */
export function guardOptionsOf(
  breaker: Breaker,
  config: InternalAxiosRequestConfig,
  { classify, observeBody, trust, copy }: CallContext,
): GuardOptions<AxiosResponse> {
  const isBelieved = trust === undefined || trust === 'all' || isTrusted(trust, originOf(config));
  return {
    classify,
    byDefault: (ending) => classifyAxios(ending, () => breaker.clock.wall(), isBelieved),
    ofCaller: (ending) => ('error' in ending ? rulingOfAbort(config, [ending.error]) : undefined),
    onRefused: (open) => Promise.reject(refusal(copy.AxiosError, open, config)),
    received: observeBody
      ? (value, settle, permit) => {
          if (!settleWithBody(value, config, permit, settle)) settle({ value });
          return value;
        }
      : undefined,
  };
}
