import { requireHeldFor } from '../rules/need.ts';
import type { Rule } from '../rules/rule.ts';
import { isAlike, made } from '../vocabulary/made.ts';
import { refuse, requireMillis } from '../vocabulary/requirement.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Detector, DetectorPlan, DetectorRecipe, Readings } from './detector.ts';
import { windowed } from './windowed.ts';

/**
 * Opens when a rule has held without a break for so long. The rule is judged after each call, so a single success in
 * between that brings the rate below its limit begins the wait anew.
 *
 * @param rule the rule that must hold
 * @param ms milliseconds, greater than 0
 * @throws {RangeError | TypeError} for something that is no rule, or a time out of range
 */
export function sustained(rule: Rule, ms: Millis): DetectorRecipe {
  if (typeof rule?.judge !== 'function') refuse('sustained', 'given a rule', rule);
  requireMillis('sustained', ms);
  const recipe: DetectorRecipe = {
    build(setting): DetectorPlan {
      requireHeldFor(rule, ms, setting.window);
      const plan = windowed(rule, { ...setting, evaluateOn: 'any' });
      return {
        ...plan,
        // The time decides, so the clock is needed even over a window that never asks for it.
        clockReads: plan.clockReads === 0 ? 1 : plan.clockReads,
        start(at, before) {
          const earlier = before instanceof Sustained ? before : undefined;
          return new Sustained(rule, plan.start(at, earlier?.inner), ms, earlier);
        },
      };
    },
  };
  return made(recipe, 'sustained', rule, ms);
}

class Sustained implements Detector {
  readonly inner: Detector;
  readonly #rule: Rule;
  readonly #ms: Millis;
  #since: Instant | undefined;

  /** @param earlier the one before it: a rule that has held goes on holding, whatever else is new */
  constructor(rule: Rule, inner: Detector, ms: Millis, earlier: Sustained | undefined) {
    this.inner = inner;
    this.#rule = rule;
    this.#ms = ms;
    this.#since = earlier && isAlike(earlier.#rule, rule) ? earlier.#since : undefined;
  }

  /** While the rule holds, each success may be the one that ends it. */
  get lull(): number {
    return this.#since === undefined ? this.inner.lull : 0;
  }

  get lullUntil(): Instant {
    return this.inner.lullUntil;
  }

  get lullUnder(): Millis {
    return this.inner.lullUnder;
  }

  tell(failed: boolean, at: Instant, duration: Millis, kind: string | undefined): Verdict | undefined {
    const verdict = this.inner.tell(failed, at, duration, kind);
    if (!verdict) {
      this.#since = undefined;
      return undefined;
    }
    this.#since ??= at;
    const held = at - this.#since;
    if (held < this.#ms) return undefined;
    return { ...verdict, rule: `sustained ${verdict.rule}`, evidence: { ...verdict.evidence, held } };
  }

  skip(successes: number): void {
    this.inner.skip(successes);
  }

  clear(at: Instant): void {
    this.#since = undefined;
    this.inner.clear(at);
  }

  readings(at: Instant): Readings {
    return this.inner.readings(at);
  }
}
