import { failureRate } from '../rules/failure-rate.ts';
import { columnOf } from '../rules/measures.ts';
import type { Columns, Rule, Tally } from '../rules/rule.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { ProbeEnding } from './recover.ts';
import { plus, type Sample } from './sample.ts';

/** Judges a sample by a rule, taken whole: no minimum of calls applies. Pure. */
export class Judge {
  readonly #rule: Rule;

  /** @param rule the breaker's own; half of the calls failing, for a breaker whose detector is no rule */
  constructor(rule: Rule = failureRate(0.5)) {
    this.#rule = rule;
  }

  /** The sample with one more call. */
  add(sample: Sample, { outcome, slow, duration, kind }: ProbeEnding): Sample {
    const { measure } = this.#rule;
    const failed = outcome === 'failure';
    const sums = sample.sums.length > 0 ? [...sample.sums] : new Array<number>(measure?.width ?? 0).fill(0);
    const to: Columns = {
      add(column, amount) {
        (sums[column] as number) += amount;
      },
    };
    measure?.add(to, 0, failed, duration, kind);
    return { ...plus(sample, failed, slow), sums };
  }

  /** What the rule says of the sample. */
  of({ calls, failures, slow, run, sums }: Sample): Verdict | undefined {
    const total: Tally['total'] = (measure, column = 0) => sums[columnOf(this.#rule, measure) + column] ?? 0;
    const verdict = this.#rule.judge({ calls, failures, run, sampled: true, total });
    const rates = { failureRate: failures / calls, slowCallRate: slow / calls };
    return verdict && { ...verdict, evidence: { calls, failures, slow, ...rates, ...verdict.evidence } };
  }
}
