import { learnedVitals } from '../vitals/learned-vitals.ts';
import type { Vitals } from '../vitals/vitals.ts';
import { made } from '../vocabulary/made.ts';
import { requireMillis, requireNumber, requireOneOf, requireOptions } from '../vocabulary/requirement.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import {
  honour,
  type OpenFor,
  type Opening,
  RETRY_AFTER_OPTIONS,
  type RetryAfterOptions,
  requireRetryAfter,
} from './open-for.ts';

/** How chance spreads the wait, so that clients that opened together do not come back together. */
export type Jitter = 'equal' | 'full' | 'decorrelated' | 'none';

/** From half of the wait to the whole of it: spread enough to part a herd, and never so short as to be no wait. */
export const equal: Spread = (wait, luck) => wait * (0.5 + luck / 2);

const SPREADS: Readonly<Record<Jitter, Spread>> = {
  equal,
  full: (wait, luck) => wait * luck,
  decorrelated: (wait, luck, first) => first + luck * (3 * wait - first),
  none: (wait) => wait,
};

/** Options of {@link exponential}. */
export interface ExponentialOptions extends RetryAfterOptions {
  /**
   * By what each opening in a row is longer than the one before; at least 1.
   *
   * @default 2
   */
  readonly factor?: number;

  /**
   * The longest wait, in milliseconds; at least the first.
   *
   * @default 60_000
   */
  readonly max?: Millis;

  /**
   * How long the circuit must have been closed, in milliseconds, before the waits start from the first again. A service
   * that comes back for a moment and falls over again is then left alone for longer each time. At least 0.
   *
   * @default 0
   */
  readonly forgetAfter?: Millis;

  /**
   * - `equal`: from half of the wait to the whole of it.
   * - `full`: from nothing to the whole of it.
   * - `decorrelated`: from the first wait to three times the one before, whatever the attempt, after Marc Brooker,
   *   "Exponential Backoff And Jitter", AWS Architecture Blog, 2015; drawn here from the attempt's own luck.
   * - `none`: the wait itself.
   *
   * @default 'equal'
   */
  readonly jitter?: Jitter;
}

/**
 * Stays open longer each time the service turns out to be down still.
 *
 * @param ms the first wait in milliseconds, greater than 0
 * @throws {RangeError | TypeError} for a wait or an option out of range
 */
export function exponential(ms: Millis, options: ExponentialOptions = {}): OpenFor {
  requireMillis('exponential', ms);
  requireOptions('exponential', options, ['factor', 'max', 'jitter', 'forgetAfter', ...RETRY_AFTER_OPTIONS]);
  const { factor = 2, max = 60_000, jitter = 'equal', forgetAfter = 0 } = options;
  requireNumber('exponential factor', factor, 1);
  requireNumber('exponential max', max, ms);
  requireOneOf('exponential jitter', jitter, Object.keys(SPREADS) as Jitter[]);
  requireNumber('exponential forgetAfter', forgetAfter, 0);
  const heed = requireRetryAfter('exponential', options, Math.max(max, 60_000));
  const openFor = growingWait(ms, max, factor, SPREADS[jitter], heed.retryAfterMax);
  const { retryAfterMax, retryAfterOfIgnored } = heed;
  Object.assign(openFor, { forgetAfter, retryAfterOfIgnored });
  return made(openFor, 'exponential', ms, factor, max, jitter, forgetAfter, retryAfterMax, retryAfterOfIgnored);
}

/** How chance spreads a wait: from the first wait, this one, and luck from 0 up to but not including 1. */
export type Spread = (wait: Millis, luck: number, first: Millis) => Millis;

/** Waits that grow by `factor` up to `max`, within a server's Retry-After. Its numbers are checked by `exponential`. */
export function growingWait(
  first: Millis,
  max: Millis,
  factor: number,
  spread: Spread,
  retryAfterMax: Millis,
): OpenFor {
  const openFor: OpenFor = ({ attempt, luck, retryAfter }) => {
    const wait = Math.min(first * factor ** attempt, max);
    return honour(retryAfter, Math.min(spread(wait, luck, first), max), retryAfterMax);
  };
  return Object.assign(openFor, { retryAfterMax });
}

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
