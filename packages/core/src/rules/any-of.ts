import type { Detector, DetectorPlan, DetectorRecipe, Readings } from '../detector/detector.ts';
import { made } from '../vocabulary/made.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { combined, isRule, requireRules } from './all-of.ts';
import { judged } from './judged.ts';
import type { Rule } from './rule.ts';

/**
 * Opens as soon as any of the rules would. Rules share one window; detectors such as {@link overdue} and
 * {@link sustained} have their own.
 *
 * @throws {TypeError} if there are no rules or one of them is not a rule
 */
export function anyOf(...rules: readonly [Rule, ...Rule[]]): Rule;
export function anyOf(...conditions: readonly [Rule | DetectorRecipe, ...(Rule | DetectorRecipe)[]]): DetectorRecipe;
export function anyOf(...conditions: readonly (Rule | DetectorRecipe)[]): Rule | DetectorRecipe {
  const recipes = conditions.filter((condition) => !isRule(condition) && isRecipe(condition));
  const rules = conditions.filter((condition): condition is Rule => !recipes.includes(condition));
  if (rules.length > 0 || recipes.length === 0) requireRules('anyOf', rules);
  if (recipes.length === 0) return firstOf(rules);
  const parts = rules.length > 0 ? [firstOf(rules), ...recipes] : recipes;
  const recipe: DetectorRecipe = { build: (setting) => sideBySide(parts.map((part) => part.build(setting))) };
  return made(recipe, 'anyOf', ...parts);
}

function isRecipe(condition: unknown): boolean {
  return typeof Object(condition).build === 'function';
}

function firstOf(rules: readonly Rule[]): Rule {
  return made(judged(combined(rules, first)), 'anyOf', ...rules);
}

/** The first answer that is defined; the rest are not asked. */
function first<T, Answer>(of: readonly T[], ask: (one: T) => Answer | undefined): Answer | undefined {
  for (const one of of) {
    const answer = ask(one);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function sideBySide(plans: readonly DetectorPlan[]): DetectorPlan {
  return {
    clockReads: Math.max(...plans.map(({ clockReads }) => clockReads)) as DetectorPlan['clockReads'],
    slowerThan: Math.min(...plans.map(({ slowerThan }) => slowerThan)),
    watches: plans.some(({ watches }) => watches),
    anchored: plans.some(({ anchored }) => anchored),
    sums: plans.every(({ sums }) => sums),
    vitals: first(plans, ({ vitals }) => vitals),
    start(at, before, vitals) {
      const earlier = before instanceof SideBySide ? before.parts : [];
      return new SideBySide(plans.map((plan, index) => plan.start(at, earlier[index], vitals)));
    },
  };
}

/** Several detectors that receive the same calls. Their lull is what all of them grant. */
class SideBySide implements Detector {
  readonly parts: readonly Detector[];

  constructor(parts: readonly Detector[]) {
    this.parts = parts;
  }

  get lull(): number {
    return Math.min(...this.parts.map(({ lull }) => lull));
  }

  get lullUntil(): Instant {
    return Math.min(...this.parts.map(({ lullUntil }) => lullUntil));
  }

  get lullUnder(): Millis {
    return Math.min(...this.parts.map(({ lullUnder }) => lullUnder));
  }

  tell(failed: boolean, at: Instant, duration: Millis, kind: string | undefined): Verdict | undefined {
    // Every part must receive the call, even after one has reached a verdict.
    const verdicts = this.parts.map((part) => part.tell(failed, at, duration, kind));
    return verdicts.find((verdict) => verdict !== undefined);
  }

  admitting(at: Instant): Verdict | undefined {
    const verdicts = this.parts.map((part) => part.admitting?.(at));
    return verdicts.find((verdict) => verdict !== undefined);
  }

  released(started: Instant): void {
    for (const part of this.parts) part.released?.(started);
  }

  skip(successes: number): void {
    for (const part of this.parts) part.skip(successes);
  }

  clear(at: Instant): void {
    for (const part of this.parts) part.clear(at);
  }

  readings(at: Instant): Readings {
    return (this.parts[0] as Detector).readings(at);
  }
}
