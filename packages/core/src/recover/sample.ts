import type { Verdict } from '../vocabulary/because.ts';

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
