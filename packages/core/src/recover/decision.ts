import type { Verdict } from '../vocabulary/because.ts';
import type { Judge } from './judge.ts';
import type { ProbeEnding } from './recover.ts';
import { plus, type Sample, verdictOf } from './sample.ts';

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
  return {
    needed: (sample) => Math.max(permitted, successes) - (sample.calls - sample.failures),
    add: (sample, { outcome, slow }) => plus(sample, outcome === 'failure' || slow, slow),
    of(sample) {
      const verdict = verdictOf('probes', sample);
      if (sample.failures >= failures) return { to: 'open', verdict };
      return sample.calls - sample.failures >= successes ? { to: 'closed', verdict } : undefined;
    },
  };
}

/** Decides after a sample, by a rule, which judges slowness itself if it does. */
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
