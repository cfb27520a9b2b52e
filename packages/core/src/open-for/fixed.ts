import { made } from '../vocabulary/made.ts';
import { requireNumber, requireOptions } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { honour, type OpenFor, RETRY_AFTER_OPTIONS, type RetryAfterOptions, requireRetryAfter } from './open-for.ts';

/**
 * Stays open for the same time on every opening. Many clients that opened together come back together:
 * prefer {@link exponential} where there are many.
 *
 * @param ms milliseconds, at least 0
 * @throws {RangeError | TypeError} for anything else
 */
export function fixed(ms: Millis, options: RetryAfterOptions = {}): OpenFor {
  requireNumber('fixed', ms, 0);
  requireOptions('fixed', options, RETRY_AFTER_OPTIONS);
  const heed = requireRetryAfter('fixed', options);
  const openFor: OpenFor = ({ retryAfter }) => honour(retryAfter, ms, heed.retryAfterMax);
  return made(Object.assign(openFor, heed), 'fixed', ms, heed.retryAfterMax, heed.retryAfterOfIgnored);
}
