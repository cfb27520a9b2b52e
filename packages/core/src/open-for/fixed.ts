import { requireMillis, requireNumber, requireOptions } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { honour, type OpenFor, type RetryAfterOptions } from './open-for.ts';

/**
 * Stays open for the same time on every opening. Many clients that opened together come back together:
 * prefer {@link exponential} where there are many.
 *
 * @param ms milliseconds, at least 0
 * @throws {RangeError | TypeError} for anything else
 */
export function fixed(ms: Millis, options: RetryAfterOptions = {}): OpenFor {
  requireNumber('fixed', ms, 0);
  requireOptions('fixed', options, ['retryAfterMax']);
  const { retryAfterMax = 60_000 } = options;
  requireMillis('fixed retryAfterMax', retryAfterMax);
  return ({ retryAfter }) => honour(retryAfter, ms, retryAfterMax);
}
