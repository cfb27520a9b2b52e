import type { Verdict } from '../vocabulary/because.ts';
import { requireOptions, requireShare, requireWhole } from '../vocabulary/requirement.ts';
import type { Rule, Tally } from './rule.ts';

/** Options of rules that need a number of calls before a share means anything. */
export interface RateOptions {
  /**
   * Settled calls in the window before the rule judges at all.
   *
   * @default 20
   */
  readonly minimumCalls?: number;
}

/** A share of few calls is noise: at 20 calls and 5 % normal failures, half of them failing by chance is a 1-in-10⁸ event. */
export const DEFAULT_MINIMUM_CALLS = 20;

/**
 * Opens when at least this share of the calls in the window failed.
 *
 * @param rate greater than 0, at most 1; reached counts as exceeded
 * @throws {RangeError | TypeError} for a rate or an option out of range
 */
export function failureRate(rate: number, options: RateOptions = {}): Rule {
  requireShare('failureRate', rate);
  requireOptions('failureRate', options, ['minimumCalls']);
  const { minimumCalls = DEFAULT_MINIMUM_CALLS } = options;
  requireWhole('failureRate minimumCalls', minimumCalls);
  return {
    minimumCalls,
    easedBySuccess: true,
    judge({ calls, failures }: Tally): Verdict | undefined {
      // A quotient, not a product: 0.07 * 100 is more than 7.
      const share = failures / calls;
      return share < rate
        ? undefined
        : { rule: 'failureRate', evidence: { failureRate: share, limit: rate, failures, calls } };
    },
  };
}
