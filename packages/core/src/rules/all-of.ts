import { made } from '../vocabulary/made.ts';
import { invalid } from '../vocabulary/requirement.ts';
import type { Verdict } from '../vocabulary/state.ts';
import { measures } from './counting.ts';
import { judged } from './judged.ts';
import type { Rule, RuleDefinition } from './rule.ts';

/**
 * Opens when all of the rules would, over the same window at the same moment.
 *
 * @throws {TypeError} if there are no rules or one of them is not a rule
 */
export function allOf(...rules: readonly [Rule, ...Rule[]]): Rule {
  requireRules('allOf', rules);
  const all = combined(rules, (parts, asked) => {
    const verdicts = parts.map(asked);
    return verdicts.every((verdict) => verdict !== undefined) ? together(verdicts) : undefined;
  });
  return made(judged(all), 'allOf', ...rules);
}

/** Joins verdicts. Each number of the evidence carries the name of its rule. */
function together(verdicts: readonly Verdict[]): Verdict {
  const numbers = verdicts.flatMap(({ rule, evidence = {} }) =>
    Object.entries(evidence).map(([name, number]) => [`${rule}.${name}`, number] as const),
  );
  return { rule: verdicts.map(({ rule }) => rule).join(' and '), evidence: Object.fromEntries(numbers) };
}

/** Combines rules that are judged over one window. */
export function combined(
  rules: readonly RuleDefinition[],
  judge: (
    rules: readonly RuleDefinition[],
    asked: (rule: RuleDefinition) => Verdict | undefined,
  ) => Verdict | undefined,
): RuleDefinition {
  const slowerThan = Math.min(...rules.map((rule) => rule.slowerThan ?? Infinity));
  const parts = rules.flatMap((rule) => rule.measure ?? []);
  const slowCalls = rules.find((rule) => rule.slowCalls && rule.slowerThan === slowerThan)?.slowCalls;
  return {
    parts: rules,
    composed: (parts) => combined(parts, judge),
    // Each rule is asked only from its own minimum on, so the combination must be asked from the lowest on.
    minimumCalls: Math.min(...rules.map(minimumOf)),
    // If their minimums differ, a success can bring one of them to its own.
    easedBySuccess: rules.every(
      (rule) => rule.easedBySuccess && minimumOf(rule) === minimumOf(rules[0] as RuleDefinition),
    ),
    ...(parts.length > 0 && { measure: measures(parts) }),
    ...(slowCalls && { slowCalls }),
    ...(slowerThan < Infinity && { slowerThan }),
    judge(tally) {
      return judge(rules, (rule) => (tally.sampled || tally.calls >= minimumOf(rule) ? rule.judge(tally) : undefined));
    },
  };
}

function minimumOf(rule: RuleDefinition): number {
  return rule.minimumCalls ?? 1;
}

/** Whether a value is a rule, which other detectors are not: only rules can be judged over one window. */
export function isRule(value: unknown): value is Rule {
  return typeof Object(value).judge === 'function' && typeof Object(value).build === 'function';
}

/** Rules, as messages show them. */
export const EXAMPLES = 'failureRate(0.5) or rule({ judge })';

/** Throws if there are no rules or one of them is not a rule. */
export function requireRules(of: string, rules: readonly unknown[]): void {
  if (rules.length === 0) invalid(of, 'given at least one rule', undefined);
  for (const rule of rules) {
    if (!isRule(rule)) invalid(of, 'given rules', rule, EXAMPLES);
  }
}
