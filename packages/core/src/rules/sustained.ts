import type { Detector, DetectorPlan, DetectorRecipe, Readings } from '../detector/detector.ts';
import { isAlike, made } from '../vocabulary/made.ts';
import { invalid, requireMillis } from '../vocabulary/requirement.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { EXAMPLES, isRule } from './all-of.ts';
import { requireHeldFor } from './need.ts';
import type { Rule } from './rule.ts';

/**
 * Opens when a rule has held without interruption for this long. The rule is judged after each call, so a single success
 * that brings the rate below its limit restarts the wait.
 *
 * @param rule the rule that must hold
 * @param ms how long it must hold, in milliseconds, greater than 0
 * @throws {RangeError | TypeError} if `rule` is not a rule or the time is out of range
 */
export function sustained(rule: Rule, ms: Millis): DetectorRecipe {
  if (!isRule(rule)) invalid('sustained', 'given a rule', rule, EXAMPLES);
  requireMillis('sustained', ms);
  const recipe: DetectorRecipe = {
    build(setting): DetectorPlan {
      const plan = rule.build({ ...setting, evaluateOn: 'any' });
      if (setting.window) requireHeldFor(rule, ms, setting.window);
      return {
        ...plan,
        // The clock is needed even if the window does not use it.
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
  readonly #ms: Millis = 0;
  #since: Instant | undefined;

  /** @param earlier the detector before: if its rule is the same, the time for which it has held is taken over */
  constructor(rule: Rule, inner: Detector, ms: Millis, earlier: Sustained | undefined) {
    this.inner = inner;
    this.#rule = rule;
    this.#ms = ms;
    this.#since = earlier && isAlike(earlier.#rule, rule) ? earlier.#since : undefined;
  }

  /** While the rule holds there is no lull, because any success may end it. */
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
