import { made } from '../vocabulary/made.ts';
import { requireFunction } from '../vocabulary/requirement.ts';
import type { Rule, RuleDefinition } from './rule.ts';
import { windowed } from './windowed.ts';

/**
 * Makes a rule of your own: how it judges the calls in the breaker's window.
 *
 * @throws {TypeError} if the definition has no function `judge`
 * @example
 * ```ts
 * const tenFailures = rule({
 *   judge: ({ failures }) => (failures >= 10 ? { rule: 'tenFailures', evidence: { failures } } : undefined),
 * });
 * ```
 */
export function rule(definition: RuleDefinition): Rule {
  requireFunction('rule judge', definition?.judge);
  return made(judged(definition), 'rule', definition);
}

/** A rule of this library, which needs no check. */
export function judged(definition: RuleDefinition): Rule {
  return {
    ...definition,
    judge: (tally) => definition.judge(tally),
    // Of `this`, so that a copy with another minimum or judge is what it says.
    build(setting) {
      return windowed(this, setting);
    },
  };
}
