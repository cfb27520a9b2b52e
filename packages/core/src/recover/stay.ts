import type { Instant, Millis } from '../vocabulary/time.ts';
import { type Decision, NOTHING, type Sample } from './decision.ts';
import type { Recover } from './recover.ts';

/** A probe in flight. */
interface Place {
  readonly id: number;

  /** When it is given up for lost. */
  readonly until: Instant;
}

/** What a stay half-open remembers. There are never more places than permitted. */
interface StayMemory {
  readonly places: readonly Place[];

  /** Probes whose place was given to another and that may still come back. Of many, the latest. */
  readonly lost: readonly number[];
  readonly sample: Sample;
}

/** Lost probes that are remembered. A dependency so slow that more of them hang is not one to let traffic back to. */
const LOST_REMEMBERED = 32;

/** A stay half-open with a place for each probe in flight. Its numbers are checked by {@link probes}. */
export function stay(permitted: number, decision: Decision, reprobeAfter: Millis): Recover<StayMemory> {
  return {
    start: () => ({ places: [], lost: [], sample: NOTHING }),

    admit({ places, lost: before, sample }, { at, id }) {
      const held = places.filter(({ until }) => at < until);
      const late = places.filter(({ until }) => at >= until).map((place) => place.id);
      const lost = late.length > 0 ? [...before, ...late].slice(-LOST_REMEMBERED) : before;
      const admitted = held.length < Math.min(permitted, decision.needed(sample));
      if (admitted) held.push({ id, until: at + reprobeAfter });
      const freeAt = Math.min(...held.map(({ until }) => until));
      return { admitted, lost: late.length, freeAt, memory: { places: held, lost, sample } };
    },

    settle({ places: before, lost: late, sample: so }, ending) {
      const { id, outcome, slow } = ending;
      const places = before.filter((place) => place.id !== id);
      const inTime = places.length < before.length && outcome !== 'ignored';
      // A success whose place was given to another is late, and still the best evidence there is: without it a service
      // that is slower than permitTimeout would never be let back. A late failure says no more than being late did.
      const atLast = outcome === 'success' && !slow && late.includes(id);
      const lost = atLast ? late.filter((other) => other !== id) : late;
      const sample = inTime || atLast ? decision.add(so, ending) : so;
      return decision.of(sample) ?? { memory: { places, lost, sample } };
    },

    tally: ({ sample }) => sample,
  };
}

/** The same recovery, ended by time alone when it has taken this long. */
export function endingAfter<Memory>(maxStay: Millis, to: 'open' | 'closed', recover: Recover<Memory>): Recover<Memory> {
  const verdict = { rule: 'maxStay', evidence: { maxStay } };
  return {
    ...recover,
    expired: (_memory, { at, since }) => (at < since + maxStay ? undefined : { to, at: since + maxStay, verdict }),
  };
}
