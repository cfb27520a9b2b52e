import type { Verdict } from '../vocabulary/because.ts';
import { made } from '../vocabulary/made.ts';
import { combined, requireRules } from './combined.ts';
import type { Rule } from './rule.ts';

/**
 * Opens when every one of the rules would, over the same window at the same moment.
 *
 * @throws {TypeError} for no rules, or for something that is no rule
 */
export function allOf(...rules: readonly [Rule, ...Rule[]]): Rule {
  requireRules('allOf', rules);
  const all = combined(rules, (parts, asked) => {
    const verdicts = parts.map(asked);
    return verdicts.every((verdict) => verdict !== undefined) ? together(verdicts) : undefined;
  });
  return made(all, 'allOf', ...rules);
}

/** The evidence of all of them, each number under the name of the rule it comes from. */
function together(verdicts: readonly Verdict[]): Verdict {
  const numbers = verdicts.flatMap(({ rule, evidence = {} }) =>
    Object.entries(evidence).map(([name, number]) => [`${rule}.${name}`, number] as const),
  );
  return { rule: verdicts.map(({ rule }) => rule).join(' and '), evidence: Object.fromEntries(numbers) };
}
