import type { Verdict } from '../vocabulary/because.ts';
import { reaches } from '../vocabulary/decimals.ts';
import { made } from '../vocabulary/made.ts';
import { requireMillis, requireOptions } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { minimumOf, type RateOptions } from './failure-rate.ts';
import type { Measure, Rule, Tally } from './rule.ts';

/** Sums how long calls took. */
const totalDuration: Measure = {
  id: 'duration',
  width: 1,
  under: 0,
  add(to, column, _failed, duration): boolean {
    to.add(column, duration);
    return true;
  },
};

/**
 * Opens when the calls in the window took at least this long on average. One hanging call weighs as much as a hundred
 * slow ones: {@link slowCallRate} is harder to fool.
 *
 * @param limit milliseconds, greater than 0; reached counts as exceeded
 * @throws {RangeError | TypeError} for a limit or an option out of range
 */
export function meanLatency(limit: Millis, options: RateOptions = {}): Rule {
  requireMillis('meanLatency', limit);
  requireOptions('meanLatency', options, ['minimumCalls']);
  const rule: Rule = {
    ...minimumOf('meanLatency', options),
    slowerThan: limit,
    measure: totalDuration,
    judge(tally: Tally): Verdict | undefined {
      const mean = tally.total(totalDuration) / tally.calls;
      if (!reaches(mean, limit)) return undefined;
      return { rule: 'meanLatency', evidence: { mean, limit, calls: tally.calls } };
    },
  };
  return made(rule, 'meanLatency', limit, options.minimumCalls);
}
