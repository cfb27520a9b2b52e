import type { Decision } from './decision.ts';
import { type Judge, verdictOf } from './judge.ts';

/** Decides after a sample, by a rule, which judges slowness itself if it does. A sample without one good call never closes. */
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
