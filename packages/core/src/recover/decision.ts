import { failureShare } from '../rules/rates.ts';
import { type Columns, columnOf, type Rule, type Tally } from '../rules/rule.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { ProbeEnding } from './recover.ts';

/** The counts of some calls: plain immutable data, which can serve as evidence. */
export type Sample = Readonly<Record<'calls' | 'failures' | 'slow', number>>;

/** No calls yet. */
export const NOTHING: Sample = { calls: 0, failures: 0, slow: 0 };

/** The sample with one more call. */
export function plus({ calls, failures, slow }: Sample, failed: boolean, slowly: boolean): Sample {
  return { calls: calls + 1, failures: failures + Number(failed), slow: slow + Number(slowly) };
}

/** Decides when the probes so far are enough, and where the circuit goes then. Pure. */
export interface Decision {
  /** How many more probes could still be needed, those in flight included. */
  needed(sample: Sample): number;

  /** The sample with one more probe. */
  add(sample: Sample, ending: ProbeEnding): Sample;

  /** Where the circuit goes, if it is decided. */
  of(sample: Sample): { readonly to: 'open' | 'closed'; readonly verdict: Verdict } | undefined;
}

/** Decides at once, as soon as either count is reached. A slow probe is a failed one. */
export function byCount(permitted: number, successes: number, failures: number): Decision {
  const succeeded = (sample: Sample): number => sample.calls - sample.failures;
  return {
    needed: (sample) => Math.max(permitted, successes) - succeeded(sample),
    add: (sample, { outcome, slow }) => plus(sample, outcome === 'failure' || slow, slow),
    of(sample) {
      const verdict = { rule: 'probes', evidence: sample };
      if (sample.failures >= failures) return { to: 'open', verdict };
      return succeeded(sample) < successes ? undefined : { to: 'closed', verdict };
    },
  };
}

/** A sample with what else a rule needs. All of it is absent before the first call. */
export type JudgedSample = Sample & {
  /** Failures since the last success. */
  readonly run?: number;

  /** The sums of the rule's measures, by column. */
  readonly sums?: readonly number[];

  /** Calls that failed or were slow. */
  readonly bad?: number;
};

/**
 * Judges a sample as a whole by a rule, without any minimum of calls. A sample in which every call failed or was slow
 * always fails, because the rule may need more calls than the sample has, or count other kinds of failure. Pure.
 */
export class Judge {
  readonly #rule: Rule;
  readonly #name: string;

  /**
   * @param name the name of the recovery, for verdicts without the rule
   * @param rule the rule to judge by
   * @default rule half of the calls failed, which is used if the breaker's detector is not a rule
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

  /** The verdict on the sample, if it fails. */
  of(sample: JudgedSample): Verdict | undefined {
    const { calls, failures, slow, run = 0, bad = 0, sums = [] } = sample;
    const total: Tally['total'] = (measure, column = 0) => sums[columnOf(this.#rule, measure) + column] ?? 0;
    const allBad = bad > 0 && bad === calls ? verdictOf(this.#name, sample) : undefined;
    const verdict = this.#rule.judge({ calls, failures, run, sampled: true, total }) ?? allBad;
    const rates = { failureRate: failures / calls, slowCallRate: slow / calls };
    return verdict && { ...verdict, evidence: { calls, failures, slow, ...rates, ...verdict.evidence } };
  }
}

/** The counts of a sample as a verdict of the recovery itself. */
export function verdictOf(rule: string, { calls, failures, slow }: Sample): Verdict {
  return { rule, evidence: { calls, failures, slow } };
}

/**
 * Decides after a sample, by a rule. Slow probes count as failed only if the rule judges slowness. A sample without a
 * good call never closes.
 */
export function bySample(size: number, judge: Judge): Decision {
  return {
    needed: ({ calls }) => size - calls,
    add: (sample, ending) => judge.add(sample, ending),
    of(sample) {
      if (sample.calls < size) return undefined;
      const verdict = judge.of(sample);
      return verdict ? { to: 'open', verdict } : { to: 'closed', verdict: verdictOf('probes', sample) };
    },
  };
}
