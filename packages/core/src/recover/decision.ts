import type { Verdict } from '../vocabulary/because.ts';
import type { ProbeEnding } from './recover.ts';
import { plus, type Sample } from './sample.ts';

/** When probes have said enough, and what they have said. Pure. */
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
