import { enriched } from '../rules/enriched.ts';
import { failureRate } from '../rules/failure-rate.ts';
import { MeasureSet } from '../rules/measure-set.ts';
import type { Rule } from '../rules/rule.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { ProbeEnding } from './recover.ts';

/** Some calls and what they came to, as plain immutable data. */
export interface Sample {
  readonly calls: number;
  readonly failures: number;
  readonly slow: number;

  /** Failures since the last success. */
  readonly run: number;

  /** What the judge's measures came to, by column. */
  readonly sums: readonly number[];
}

/** No calls yet. */
export const NOTHING: Sample = { calls: 0, failures: 0, slow: 0, run: 0, sums: [] };

/** Judges a sample by a rule, taken whole: no minimum of calls applies. Pure. */
export class Judge {
  readonly #rule: Rule;
  readonly #measures: MeasureSet;

  /** @param rule the breaker's own; half of the calls failing, for a breaker whose detector is no rule */
  constructor(rule: Rule = failureRate(0.5)) {
    this.#rule = rule;
    this.#measures = new MeasureSet(rule, 0);
  }

  /** The sample with one more call. */
  add(sample: Sample, { outcome, slow, duration, kind }: ProbeEnding): Sample {
    const failed = outcome === 'failure';
    const sums = sample.sums.length > 0 ? [...sample.sums] : new Array<number>(this.#measures.columns).fill(0);
    const to = {
      add(column: number, amount: number): void {
        (sums[column] as number) += amount;
      },
    };
    this.#measures.add(to, failed, duration, kind);
    return { ...plus(sample, failed, slow), sums };
  }

  /** What the rule says of the sample. */
  of({ calls, failures, slow, run, sums }: Sample): Verdict | undefined {
    const total: (measure: { id: string }, column?: number) => number = ({ id }, column = 0) =>
      sums[(this.#measures.columnOf(id) ?? Number.NaN) + column] ?? 0;
    const verdict = this.#rule.judge({ calls, failures, run, sampled: true, total });
    return verdict && enriched(verdict, calls, failures, slow);
  }
}

/** The plain counters with one more call. */
export function plus(sample: Sample, failed: boolean, slow: boolean): Sample {
  return {
    calls: sample.calls + 1,
    failures: sample.failures + (failed ? 1 : 0),
    slow: sample.slow + (slow ? 1 : 0),
    run: failed ? sample.run + 1 : 0,
    sums: sample.sums,
  };
}

/** What a sample came to, as the verdict of the recovery itself. */
export function verdictOf(rule: string, { calls, failures, slow }: Sample): Verdict {
  return { rule, evidence: { calls, failures, slow } };
}
