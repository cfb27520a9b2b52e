import { reaches, tidy } from '../vocabulary/decimal.ts';
import { made } from '../vocabulary/made.ts';
import { requireMillis, requireOptions, requireShare, requireWhole } from '../vocabulary/requirement.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';
import { countingInstead } from './counting.ts';
import { judged } from './judged.ts';
import type { Measure, Rule, RuleDefinition, Tally } from './rule.ts';

/** Options of rules that need a minimum of calls, because a share of few calls means little. */
export interface RateOptions {
  /**
   * Settled calls in the window before the rule is judged: a whole number of at least 1, and no more than the window can
   * hold. The default is lowered to that.
   *
   * @default 20
   */
  readonly minimumCalls?: number;
}

/** Options of rules about failures. */
export interface FailureOptions extends RateOptions {
  /**
   * What is counted in place of failures: those of some `kinds`, or all by `weights`.
   *
   * @default undefined: every failure counts as 1
   */
  readonly counting?: Measure;
}

/** The default minimum. Of 20 calls that normally fail in 1 of 20 cases, half fail by chance once in 10⁸ times. */
export const DEFAULT_MINIMUM_CALLS = 20;

/**
 * Opens when at least this share of the calls in the window failed.
 *
 * @param rate a share, greater than 0 and at most 1; reaching it opens
 * @throws {RangeError | TypeError} if the rate or an option is out of range or unknown
 */
export function failureRate(rate: number, options: FailureOptions = {}): Rule {
  requireShare('failureRate', rate);
  requireOptions('failureRate', options, ['minimumCalls', 'counting']);
  const { counting } = options;
  const counted = countingInstead(counting, { ...shareOfFailures(rate), ...minimumOf('failureRate', options) });
  return made(judged(counted), 'failureRate', rate, options.minimumCalls, counting?.id);
}

/** The minimum of calls of a rule about shares or means: the user's, or the default. */
export function minimumOf(
  name: string,
  { minimumCalls }: RateOptions,
): Pick<RuleDefinition, 'name' | 'minimumCalls' | 'minimumIsDefault'> {
  if (minimumCalls !== undefined) requireWhole(`${name} minimumCalls`, minimumCalls);
  return { name, minimumCalls: minimumCalls ?? DEFAULT_MINIMUM_CALLS, minimumIsDefault: minimumCalls === undefined };
}

/** The rule itself, with the default minimum. {@link failureRate} checks the rate. */
export function failureShare(rate: number): Rule {
  return made(judged(shareOfFailures(rate)), 'failureRate', rate, undefined, undefined);
}

function shareOfFailures(rate: number): RuleDefinition {
  return {
    name: 'failureRate',
    minimumCalls: DEFAULT_MINIMUM_CALLS,
    minimumIsDefault: true,
    easedBySuccess: true,
    judge({ calls, failures }: Tally): Verdict | undefined {
      // A quotient rather than a product, because 0.07 * 100 is more than 7.
      const share = failures / calls;
      if (!reaches(share, rate)) return undefined;
      return { rule: 'failureRate', evidence: { failureRate: share, limit: rate, failures: tidy(failures), calls } };
    },
  };
}

/** Options of rules about slow calls. */
export interface SlowCallOptions extends RateOptions {
  /** A call that takes this many milliseconds or longer is slow, whether it succeeds or fails; greater than 0. */
  readonly slowerThan: Millis;
}

/** Counts the calls that took `slowerThan` milliseconds or longer. */
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
 * @param rate a share, greater than 0 and at most 1; reaching it opens
 * @throws {RangeError | TypeError} if the rate or an option is out of range or unknown
 */
export function slowCallRate(rate: number, options: SlowCallOptions): Rule {
  requireShare('slowCallRate', rate);
  requireOptions('slowCallRate', options, ['slowerThan', 'minimumCalls']);
  const { slowerThan } = options;
  requireMillis('slowCallRate slowerThan', slowerThan);
  const slow = slowCalls(slowerThan);
  const rule: RuleDefinition = {
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
  return made(judged(rule), 'slowCallRate', rate, slowerThan, options.minimumCalls);
}
