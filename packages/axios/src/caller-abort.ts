import { outcomeOfAbort, type Ruling } from '@switchgear/core';
import type { AxiosRequestConfig } from 'axios';

/**
 * What a rejected call means if it was ended from outside: nothing when the caller gave up, a timeout when
 * `AbortSignal.timeout` did. `undefined` if nobody ended it.
 *
 * The signal is asked before the error: axios gives both the same `ERR_CANCELED`, and some of its versions lose the
 * mark that `isCancel` looks for.
 */
export function rulingOfAbort(config: AxiosRequestConfig | undefined, error: unknown): Ruling | undefined {
  const bySignal = outcomeOfAbort(config?.signal);
  if (bySignal) return bySignal;
  const { code, __CANCEL__: cancelled } = Object(error) as { code?: unknown; __CANCEL__?: unknown };
  return code === 'ERR_CANCELED' || cancelled === true ? { outcome: 'ignored' } : undefined;
}
