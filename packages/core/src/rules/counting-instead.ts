import type { Measure, Rule } from './rule.ts';

/** The same rule, with what a measure counted in place of the failures; the rule itself without a measure. */
export function countingInstead(counting: Measure | undefined, rule: Rule): Rule {
  if (!counting) return rule;
  return {
    ...rule,
    measure: counting,
    judge(tally) {
      const { calls, run } = tally;
      return rule.judge({ calls, run, failures: tally.total(counting), total: (...which) => tally.total(...which) });
    },
  };
}
