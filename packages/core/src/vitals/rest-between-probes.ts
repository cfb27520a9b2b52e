import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Vitals } from './vitals.ts';

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
