import type { Rule } from '../rules/rule.ts';
import type { Verdict } from '../vocabulary/because.ts';
import { judged, type Sample } from './sample.ts';

/** When probes have said enough, and what they have said. Pure. */
export interface Decision {
  /** The rule whose measures the sample sums, if it sums any. */
  readonly rule?: Rule | undefined;

  /** How many more probes could still be needed, those in flight included. */
  needed(sample: Sample): number;

  /** Where the circuit goes, if it is decided. */
  of(sample: Sample): { readonly to: 'open' | 'closed'; readonly verdict: Verdict } | undefined;
}

/** Decides at once, as soon as either count is reached. */
export function byCount(permitted: number, successes: number, failures: number): Decision {
  return {
    needed: (sample) => Math.max(permitted, successes) - (sample.calls - sample.failures),
    of(sample) {
      const verdict = verdictOf('probes', sample);
      if (sample.failures >= failures) return { to: 'open', verdict };
      return sample.calls - sample.failures >= successes ? { to: 'closed', verdict } : undefined;
    },
  };
}

/** Decides after a sample, by a rule. */
export function bySample(size: number, rule: Rule | undefined): Decision {
  return {
    rule,
    needed: ({ calls }) => size - calls,
    of(sample) {
      if (sample.calls < size) return undefined;
      const verdict = judged(sample, rule);
      return verdict ? { to: 'open', verdict } : { to: 'closed', verdict: verdictOf('probes', sample) };
    },
  };
}

/** What the probes of a stay came to. */
export function verdictOf(rule: string, { calls, failures, slow }: Sample): Verdict {
  return { rule, evidence: { calls, failures, slow } };
}
