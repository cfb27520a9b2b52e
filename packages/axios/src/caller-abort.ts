import type { Ruling } from '@switchgear/core';
import { type Branch, outcomeOfAbort, read } from '@switchgear/core/adapter';
import type { AxiosRequestConfig } from 'axios';

/**
 * What a rejected call means if it was ended from outside: nothing when the caller gave up, a timeout when
 * `AbortSignal.timeout` did. `undefined` if it was not.
 *
 * The signal is asked before the error: axios gives both the same `ERR_CANCELED`, and some of its versions lose the
 * mark that `isCancel` looks for.
 */
export function rulingOfAbort(config: unknown, branch: Branch): Ruling | undefined {
  const bySignal = outcomeOfAbort(read(config, 'signal') as AxiosRequestConfig['signal']);
  if (bySignal) return bySignal;
  const cancelled = branch.some((link) => read(link, 'code') === 'ERR_CANCELED' || read(link, '__CANCEL__') === true);
  return cancelled ? { outcome: 'ignored' } : undefined;
}

/**
 * What axios rejects a request with whose `signal` or `cancelToken` fired before it was sent; nothing if none has. axios looks
 * before it transforms the request, and an adapter that lies over ours may wait.
 *
 * @param Cancelled the `CanceledError` of the copy of axios that the instance belongs to
 */
export function rejectionOfFired(
  config: AxiosRequestConfig,
  Cancelled: new (message: undefined, config: AxiosRequestConfig) => unknown,
): { readonly error: unknown } | undefined {
  const cancelled = read(config.cancelToken, 'reason');
  if (cancelled) return { error: cancelled };
  return read(config.signal, 'aborted') ? { error: new Cancelled(undefined, config) } : undefined;
}
