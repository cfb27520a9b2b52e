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

/** How randomness spreads the wait, so that clients that opened together do not probe together. */
export type Jitter = 'equal' | 'full' | 'decorrelated' | 'none';

/** From half of the wait to all of it: enough to spread many clients, without ever being too short to be a wait. */
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
   * The factor by which each wait in a row is longer than the one before; at least 1.
   *
   * @default 2
   */
  readonly factor?: number;

  /**
   * The longest wait, in milliseconds; at least the first wait.
   *
   * @default 60_000
   */
  readonly max?: Millis;

  /**
   * How long the circuit must have been closed, in milliseconds, before the waits start from the first again; at least 0. A
   * service that recovers only briefly is then left alone for longer each time.
   *
   * @default 0
   */
  readonly forgetAfter?: Millis;

  /**
   * How randomness spreads the wait:
   *
   * - `equal`: from half of the wait to all of it.
   * - `full`: from 0 to all of the wait.
   * - `decorrelated`: from the first wait to three times the wait of this attempt, at most `max`. After Marc Brooker,
   *   "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
   * - `none`: exactly the wait.
   *
   * @default 'equal'
   */
  readonly jitter?: Jitter;
}

/**
 * Makes a wait that grows each time the service turns out to be still down.
 *
 * @param ms the first wait in milliseconds, greater than 0
 * @throws {RangeError | TypeError} if the wait or an option is out of range or unknown
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

/** Spreads a wait by `luck`, which is at least 0 and less than 1. */
export type Spread = (wait: Millis, luck: number, first: Millis) => Millis;

/**
 * Waits that grow by `factor` up to `max`, and at least as long as a server's Retry-After. `exponential` checks the
 * numbers.
 */
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
 * Makes a wait that weighs the cost of a probe against that of noticing a recovery late: the square root of twice the age
 * of the outage divided by the rate of calls, plus or minus a quarter at random, from 20 ms to 30 s. At 50 calls a second
 * that is 63 ms after an outage of 0.1 s, 1.1 s after 30 s and 3.5 s after five minutes; at one call in five seconds it is
 * 17 s after 30 s.
 *
 * It learns rate and age from all calls, each of which then takes a permit, as with `adaptive`.
 *
 * @throws {RangeError | TypeError} if an option is out of range or unknown
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

/** A shorter outage counts as this long. */
const SHORTEST_OUTAGE: Millis = 100;
const LEAST: Millis = 20;
const MOST: Millis = 30_000;

/**
 * How long to wait before the next probe of a failing dependency. With a probe every `x` ms in an outage that has lasted
 * for `e`, probing costs one call every `x`, and a recovery is noticed `x / 2` late on average, which costs the calls
 * offered meanwhile. If the chance that an outage ends in the next moment falls with its age, as `1 / e`, the sum of both
 * costs is least at the square root of `2 e / rate`: probes are frequent at first and for busy callers, rare later and for
 * quiet ones.
 *
 * @returns milliseconds, from 20 to 30,000
 */
export function restBetweenProbes(vitals: Vitals, at: Instant): Millis {
  const outage = Math.max(SHORTEST_OUTAGE, at - vitals.unservedSince);
  return Math.min(MOST, Math.max(LEAST, Math.sqrt((2 * outage) / vitals.rate(at))));
}
