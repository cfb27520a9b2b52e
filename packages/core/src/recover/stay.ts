import type { Instant, Millis } from '../vocabulary/time.ts';
import { type Decision, NOTHING, type Sample } from './decision.ts';
import type { Recover } from './recover.ts';

/** A probe in flight. */
interface Place {
  readonly id: number;

  /** When it counts as lost. */
  readonly until: Instant;
}

/** The memory of a stay half-open. There are never more places than permitted. */
interface StayMemory {
  readonly places: readonly Place[];

  /** The latest probes that lost their place and may still come back. */
  readonly lost: readonly number[];
  readonly sample: Sample;
}

/** How many lost probes are remembered. If more hang, the dependency is too slow to let traffic return. */
const LOST_REMEMBERED = 32;

/** A recovery with a place for each probe in flight. {@link probes} checks the numbers. */
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
      // A success of a lost probe still counts: otherwise the circuit would never close for a service that is slower than
      // permitTimeout. A late failure adds nothing to the fact that the probe was late.
      const atLast = outcome === 'success' && !slow && late.includes(id);
      const lost = atLast ? late.filter((other) => other !== id) : late;
      const sample = inTime || atLast ? decision.add(so, ending) : so;
      return decision.of(sample) ?? { memory: { places, lost, sample } };
    },

    tally: ({ sample }) => sample,
  };
}

/** The same recovery, ended after `maxStay` milliseconds. */
export function endingAfter<Memory>(maxStay: Millis, to: 'open' | 'closed', recover: Recover<Memory>): Recover<Memory> {
  const verdict = { rule: 'maxStay', evidence: { maxStay } };
  return {
    ...recover,
    expired: (_memory, { at, since }) => (at < since + maxStay ? undefined : { to, at: since + maxStay, verdict }),
  };
}
