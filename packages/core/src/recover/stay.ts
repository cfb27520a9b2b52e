import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Decision } from './decision.ts';
import type { Admission, Expiry, Progress, Recover } from './recover.ts';
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

/** How a stay half-open is held. */
export interface StaySetting {
  readonly permitted: number;
  readonly decision: Decision;
  readonly reprobeAfter: Millis;
  readonly maxStay?: Millis | undefined;
  readonly afterMaxStay?: 'open' | 'closed' | undefined;
}

/** A stay half-open with a place for each probe in flight. Its numbers are checked by {@link probes}. */
export function stay(setting: StaySetting): Recover<StayMemory> {
  const { permitted, decision, reprobeAfter, maxStay = Number.POSITIVE_INFINITY, afterMaxStay = 'open' } = setting;
  return {
    start: () => ({ places: [], sample: NOTHING }),

    admit(memory, { at, id }): Admission<StayMemory> {
      const held = memory.places.filter(({ until }) => at < until);
      const admitted = held.length < Math.min(permitted, decision.needed(memory.sample));
      const places = admitted ? [...held, { id, until: at + reprobeAfter }] : held;
      return { admitted, memory: { ...memory, places }, lost: memory.places.length - held.length };
    },

    settle(memory, ending): Progress<StayMemory> {
      const places = memory.places.filter(({ id }) => id !== ending.id);
      if (places.length === memory.places.length) return { memory };
      if (ending.outcome === 'ignored') return { memory: { ...memory, places } };
      const sample = decision.add(memory.sample, ending);
      return decision.of(sample) ?? { memory: { places, sample } };
    },

    expired(_memory, { at, since }): Expiry | undefined {
      if (at < since + maxStay) return undefined;
      return { to: afterMaxStay, at: since + maxStay, verdict: { rule: 'maxStay', evidence: { maxStay } } };
    },

    freeAt: ({ places }) => Math.min(...places.map(({ until }) => until)),

    tally: ({ sample: { calls, failures, slow } }) => ({ calls, failures, slow }),
  };
}
