import { failureShare } from '../rules/failure-rate.ts';
import { columnOf } from '../rules/measures.ts';
import type { Columns, Rule, Tally } from '../rules/rule.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { ProbeEnding } from './recover.ts';
import { plus, type Sample } from './sample.ts';

/** A sample with what else a rule asks for. All are absent before the first call. */
type JudgedSample = Sample & {
  /** Failures since the last success. */
  readonly run?: number;

  /** What the rule's measures came to, by column. */
  readonly sums?: readonly number[];

  /** Calls that failed or were slow. */
  readonly bad?: number;
};

/**
 * Judges a sample by a rule, taken whole: no minimum of calls applies. Where every call of it failed or was slow, it went
 * badly whatever the rule says: the rule may count up to more than the sample has, or other kinds of failure. Pure.
 */
export class Judge {
  readonly #rule: Rule;
  readonly #name: string;

  /**
   * @param name of the recovery, for samples that go badly without the rule
   * @param rule the breaker's own; half of the calls failing, for a breaker whose detector is no rule
   */
  constructor(name: string, rule: Rule = failureShare(0.5)) {
    this.#name = name;
    this.#rule = rule;
  }

  /** The sample with one more call. */
  add(sample: JudgedSample, { outcome, slow, duration, kind }: ProbeEnding): JudgedSample {
    const { measure } = this.#rule;
    const { run = 0, bad = 0, sums: before = new Array<number>(measure?.width ?? 0).fill(0) } = sample;
    const failed = outcome === 'failure';
    const sums = [...before];
    const to: Columns = {
      add(column, amount) {
        (sums[column] as number) += amount;
      },
    };
    measure?.add(to, 0, failed, duration, kind);
    return { ...plus(sample, failed, slow), run: failed ? run + 1 : 0, bad: bad + Number(failed || slow), sums };
  }

  /** What the rule says of the sample. */
  of(sample: JudgedSample): Verdict | undefined {
    const { calls, failures, slow, run = 0, bad = 0, sums = [] } = sample;
    const total: Tally['total'] = (measure, column = 0) => sums[columnOf(this.#rule, measure) + column] ?? 0;
    const allBad = bad > 0 && bad === calls ? verdictOf(this.#name, sample) : undefined;
    const verdict = this.#rule.judge({ calls, failures, run, sampled: true, total }) ?? allBad;
    const rates = { failureRate: failures / calls, slowCallRate: slow / calls };
    return verdict && { ...verdict, evidence: { calls, failures, slow, ...rates, ...verdict.evidence } };
  }
}

/** What a sample came to, as the verdict of the recovery itself. */
export function verdictOf(rule: string, { calls, failures, slow }: Sample): Verdict {
  return { rule, evidence: { calls, failures, slow } };
}
