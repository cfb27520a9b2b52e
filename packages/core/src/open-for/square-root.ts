import { learnedVitals } from '../vitals/learned-vitals.ts';
import type { Vitals } from '../vitals/vitals.ts';
import { made } from '../vocabulary/made.ts';
import { requireNumber, requireOptions } from '../vocabulary/requirement.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import {
  honour,
  type OpenFor,
  type Opening,
  RETRY_AFTER_OPTIONS,
  type RetryAfterOptions,
  requireRetryAfter,
} from './open-for.ts';

/** Options of {@link squareRoot}. */
export interface SquareRootOptions extends RetryAfterOptions {
  /**
   * The longest wait before randomness, in milliseconds; at least 20. Each of n instances that share what they know waits up to
   * √n times as long, so that together they probe as often as one would.
   *
   * @default 30_000
   */
  readonly max?: Millis;
}

/**
 * Makes a wait that weighs the cost of a probe against that of noticing a recovery late: the square root of twice the age
 * of the outage divided by the rate of calls, plus or minus a quarter at random (more among instances that share what they
 * know, so that one of them probes soon), from 20 ms to `max`. At 50 calls a second
 * that is 63 ms after an outage of 0.1 s, 1.1 s after 30 s and 3.5 s after five minutes; at one call in five seconds it is
 * 17 s after 30 s. Opened by `trip` without a time, the circuit stays open for 5 s at least.
 *
 * It learns rate and age from all calls, each of which then takes a permit, as with `adaptive`.
 *
 * @throws {RangeError | TypeError} if an option is out of range or unknown
 * @example
 * ```ts
 * createBreaker({ name: 'search', openWhen: failureRate(0.5), openFor: squareRoot() });
 * ```
 */
export function squareRoot(options: SquareRootOptions = {}): OpenFor {
  requireOptions('squareRoot', options, ['max', ...RETRY_AFTER_OPTIONS]);
  const { max = MOST } = options;
  requireNumber('squareRoot max', max, LEAST);
  const heed = requireRetryAfter('squareRoot', options, Math.max(max, 60_000));
  const openFor = ({ at, luck, retryAfter, because, vitals }: Opening): number => {
    const { instances = 1 } = vitals as Vitals;
    // Those who know of an outage at the same moment must not all probe at the same moments.
    const spread = 1.5 - 1 / instances;
    const rest = restBetweenProbes(vitals as Vitals, at, max) * (1 + (luck - 0.5) * spread);
    return honour(retryAfter, because.rule === 'trip' ? Math.max(rest, LEAST_BY_HAND) : rest, heed.retryAfterMax);
  };
  Object.assign(openFor, { vitals: learnedVitals, ...heed });
  return made(openFor, 'squareRoot', max, heed.retryAfterMax, heed.retryAfterOfIgnored);
}

/** A shorter outage counts as this long. */
const SHORTEST_OUTAGE: Millis = 100;
const LEAST: Millis = 20;
/** A circuit opened by hand stays open at least this long: the law knows nothing of the reason. */
const LEAST_BY_HAND: Millis = 5_000;
const MOST: Millis = 30_000;

/**
 * How long to wait before the next probe of a failing dependency. With a probe every `x` ms in an outage that has lasted
 * for `e`, probing costs one call every `x`, and a recovery is noticed `x / 2` late on average, which costs the calls
 * offered meanwhile. If the chance that an outage ends in the next moment falls with its age, as `1 / e`, the sum of both
 * costs is least at the square root of `2 e / rate`: probes are frequent at first and for busy callers, rare later and for
 * quiet ones.
 *
 * Of several instances that share what they know, each rests longer by the square root of their number: then they probe as
 * often together as one with all their calls would.
 *
 * @param longest milliseconds
 * @returns milliseconds, from 20 to `longest`, of one instance
 */
export function restBetweenProbes(vitals: Vitals, at: Instant, longest: Millis = MOST): Millis {
  const outage = Math.max(SHORTEST_OUTAGE, at - vitals.unservedSince);
  const rest = Math.min(longest, Math.max(LEAST, Math.sqrt((2 * outage) / vitals.rate(at))));
  return rest * Math.sqrt(vitals.instances ?? 1);
}
