import { learnedVitals } from '../vitals/learned-vitals.ts';
import type { Vitals } from '../vitals/vitals.ts';
import { made } from '../vocabulary/made.ts';
import { requireOptions } from '../vocabulary/requirement.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import {
  honour,
  type OpenFor,
  type Opening,
  RETRY_AFTER_OPTIONS,
  type RetryAfterOptions,
  requireRetryAfter,
} from './open-for.ts';

/**
 * Stays open for a time that weighs the cost of a probe against that of noticing late: the square root of twice the age
 * of the outage over the rate of calls, a quarter more or less at random, from 20 ms to 30 s. At 50 calls a second that is
 * 63 ms after an outage of 0.1 s, 1.1 s after 30 s and 3.5 s after five minutes; at a call in five seconds 17 s after 30 s.
 *
 * It learns rate and age from all calls, which then cost a permit each, as with `adaptive`.
 *
 * @throws {RangeError | TypeError} for an option out of range
 * @example
 * ```ts
 * createBreaker({ name: 'search', openWhen: failureRate(0.5), openFor: squareRoot() });
 * ```
 */
export function squareRoot(options: RetryAfterOptions = {}): OpenFor {
  requireOptions('squareRoot', options, RETRY_AFTER_OPTIONS);
  const heed = requireRetryAfter('squareRoot', options);
  const openFor = ({ at, luck, retryAfter, vitals }: Opening): number =>
    honour(retryAfter, restBetweenProbes(vitals as Vitals, at) * (0.75 + luck / 2), heed.retryAfterMax);
  Object.assign(openFor, { vitals: learnedVitals, ...heed });
  return made(openFor, 'squareRoot', heed.retryAfterMax, heed.retryAfterOfIgnored);
}

/** An outage counts as no shorter than this. */
const SHORTEST_OUTAGE: Millis = 100;
const LEAST: Millis = 20;
const MOST: Millis = 30_000;

/**
 * How long to leave a failing dependency alone before the next probe. With a probe every `x` ms of an outage that has
 * lasted for `e`, probing costs a call each `x`, and a recovery is noticed `x / 2` late on average, which costs as many
 * calls as are offered meanwhile. For an outage that is as likely to end in the next moment as it is old, the sum of both
 * is least at the square root of `2 e / rate`: often at first and for busy callers, seldom later and for quiet ones.
 *
 * @returns milliseconds, from 20 to 30,000
 */
export function restBetweenProbes(vitals: Vitals, at: Instant): Millis {
  const outage = Math.max(SHORTEST_OUTAGE, at - vitals.unservedSince);
  return Math.min(MOST, Math.max(LEAST, Math.sqrt((2 * outage) / vitals.rate(at))));
}
