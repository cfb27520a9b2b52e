import { enriched } from '../rules/enriched.ts';
import { failureRate } from '../rules/failure-rate.ts';
import type { Measure, Rule, Tally } from '../rules/rule.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { Millis } from '../vocabulary/time.ts';

/** Some calls and what they came to, as plain immutable data. */
export interface Sample {
  readonly calls: number;
  readonly failures: number;
  readonly slow: number;

  /** Failures since the last success. */
  readonly run: number;

  /** What the rule's measures came to, in the order of its columns. */
  readonly sums: readonly number[];
}

/** No calls yet. */
export const NOTHING: Sample = { calls: 0, failures: 0, slow: 0, run: 0, sums: [] };

/** How a call ended, as far as a sample goes. */
export interface Sampled {
  readonly failed: boolean;
  readonly slow: boolean;
  readonly duration: Millis;
  readonly kind?: string | undefined;
}

/** The sample with one more call. */
export function sampled(sample: Sample, rule: Rule | undefined, ending: Sampled): Sample {
  const { failed, slow, duration, kind } = ending;
  const sums = [...sample.sums];
  const to = { add: (column: number, amount: number) => (sums[column] = (sums[column] ?? 0) + amount) };
  let column = 0;
  for (const measure of rule?.measures ?? []) {
    measure.add(to as never, column, failed, duration, kind);
    column += measure.width ?? 1;
  }
  return {
    calls: sample.calls + 1,
    failures: sample.failures + (failed ? 1 : 0),
    slow: sample.slow + (slow ? 1 : 0),
    run: failed ? sample.run + 1 : 0,
    sums,
  };
}

/** What the rule says of the sample, taken whole: no minimum of calls applies. */
export function judged(sample: Sample, rule: Rule | undefined): Verdict | undefined {
  const { calls, failures, slow, run, sums } = sample;
  const measures = rule?.measures ?? [];
  const total = (of: Measure, column = 0): number => {
    let at = 0;
    for (const measure of measures) {
      if (measure.id === of.id) return sums[at + column] ?? 0;
      at += measure.width ?? 1;
    }
    return 0;
  };
  const tally: Tally = { calls, failures, run, sampled: true, total };
  const verdict = (rule ?? HALF).judge(tally);
  return verdict && enriched(verdict, calls, failures, slow);
}

/** For a breaker whose detector is no rule. */
const HALF: Rule = /* @__PURE__ */ failureRate(0.5);
