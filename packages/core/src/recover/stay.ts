import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Decision } from './decision.ts';
import type { Recover } from './recover.ts';
import { NOTHING, type Sample } from './sample.ts';

/** A probe in flight. */
interface Place {
  readonly id: number;

  /** When it is given up for lost. */
  readonly until: Instant;
}

/** What a stay half-open remembers. There are never more places than permitted. */
interface StayMemory {
  readonly places: readonly Place[];
  readonly sample: Sample;
}

/** A stay half-open with a place for each probe in flight. Its numbers are checked by {@link probes}. */
export function stay(permitted: number, decision: Decision, reprobeAfter: Millis): Recover<StayMemory> {
  return {
    start: () => ({ places: [], sample: NOTHING }),

    admit({ places, sample }, { at, id }) {
      const held = places.filter(({ until }) => at < until);
      const lost = places.length - held.length;
      const admitted = held.length < Math.min(permitted, decision.needed(sample));
      if (admitted) held.push({ id, until: at + reprobeAfter });
      const freeAt = Math.min(...held.map(({ until }) => until));
      return { admitted, lost, freeAt, memory: { places: held, sample } };
    },

    settle(memory, ending) {
      const places = memory.places.filter(({ id }) => id !== ending.id);
      const isCounted = places.length < memory.places.length && ending.outcome !== 'ignored';
      const sample = isCounted ? decision.add(memory.sample, ending) : memory.sample;
      return decision.of(sample) ?? { memory: { places, sample } };
    },

    tally: ({ sample }) => sample,
  };
}
