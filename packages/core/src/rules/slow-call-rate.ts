import type { Verdict } from '../vocabulary/because.ts';
import { reaches } from '../vocabulary/decimals.ts';
import { made } from '../vocabulary/made.ts';
import { requireMillis, requireOptions, requireShare } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { minimumOf, type RateOptions } from './failure-rate.ts';
import type { Measure, Rule, Tally } from './rule.ts';

/** Options of rules about slow calls. */
export interface SlowCallOptions extends RateOptions {
  /** A call that lasts this many milliseconds or longer is slow, whether it then succeeds or fails; greater than 0. */
  readonly slowerThan: Millis;
}

/** Sums the calls that lasted `slowerThan` milliseconds or longer. */
export function slowCalls(slowerThan: Millis): Measure {
  return {
    id: `slow:${slowerThan}`,
    width: 1,
    under: slowerThan,
    add(to, column, _failed, duration): boolean {
      if (duration < slowerThan) return false;
      to.add(column, 1);
      return true;
    },
  };
}

/**
 * Opens when at least this share of the calls in the window was slow.
 *
 * @param rate greater than 0, at most 1; reached counts as exceeded
 * @throws {RangeError | TypeError} for a rate or an option out of range
 */
export function slowCallRate(rate: number, options: SlowCallOptions): Rule {
  requireShare('slowCallRate', rate);
  requireOptions('slowCallRate', options, ['slowerThan', 'minimumCalls']);
  const { slowerThan } = options;
  requireMillis('slowCallRate slowerThan', slowerThan);
  const slow = slowCalls(slowerThan);
  const rule: Rule = {
    ...minimumOf('slowCallRate', options),
    slowerThan,
    easedBySuccess: true,
    measure: slow,
    slowCalls: slow,
    judge(tally: Tally): Verdict | undefined {
      const { calls } = tally;
      const count = tally.total(slow);
      const share = count / calls;
      if (!reaches(share, rate)) return undefined;
      return { rule: 'slowCallRate', evidence: { slowCallRate: share, limit: rate, slow: count, calls, slowerThan } };
    },
  };
  return made(rule, 'slowCallRate', rate, slowerThan, options.minimumCalls);
}
