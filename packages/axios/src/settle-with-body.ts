import type { Permit } from '@switchgear/core';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { rulingOfAbort } from './caller-abort.ts';
import { observedBody } from './observed-body.ts';
import type { AxiosEnding } from './outcome.ts';

/**
 * Puts the settlement off until the response's body has ended. A reader that had enough of it says nothing against the
 * answer, unless the caller aborted.
 *
 * @returns whether there is such a body; if not, nothing has been done
 */
export function settleWithBody(
  value: AxiosResponse,
  config: InternalAxiosRequestConfig,
  permit: Permit,
  settle: (ending: AxiosEnding) => void,
): boolean {
  try {
    const body = observedBody(Object(value).data, (end) => {
      const left = end === 'left' ? rulingOfAbort(config, [config.cancelToken?.reason]) : undefined;
      if (left) permit.settle(left);
      else settle(typeof end === 'object' ? end : { value });
    });
    if (body !== undefined) value.data = body;
    return body !== undefined;
  } catch {
    // What an adapter of one's own made cannot be observed: another reads it, or the response is frozen.
    return false;
  }
}
