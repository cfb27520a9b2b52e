import { type CircuitState, memoryOf, START, stillCounts } from '../properties/machine.ts';
import type { PlanUnderTest } from '../properties/plans.ts';

/** The state of a circuit, the time, and which of its probes may still be answered. */
export interface Situation {
  readonly state: CircuitState;
  readonly now: number;

  /** Probes of this stay that were neither answered nor forgotten by their callers. */
  readonly held: readonly number[];
}

/** A circuit that has seen nothing yet. */
export const BEGINNING: Situation = { state: START, now: 0, held: [] };

/** Openings beyond this many in a row make no longer wait. */
const MOST_ATTEMPTS = 3;

/**
 * A situation with all that its future does not depend on taken away: the origin of time, the numbers of eras and of
 * probes, reasons, and ages beyond which nothing changes. Situations of the same key have the same future; the model
 * check tests that as it goes.
 */
export function keyOf({ state, now, held }: Situation, under: PlanUnderTest): string {
  const age = (since: number, atMost: number) => Math.min(now - since, atMost);
  const attempt = Math.min(state.attempt, MOST_ATTEMPTS);
  if (state.phase === 'closed') return `closed ${attempt} ${age(state.since, under.openFor.forgetAfter ?? 0)}`;
  if (state.phase === 'open') return `open ${attempt} ${Math.max(state.until - now, 0)} ${now === state.since}`;
  const memory = memoryOf(state);
  const { places = [], sample, stage, since = now, credit = 0 } = memory;
  // A place whose time is over is free, yet its answer still counts until another call takes the place.
  const taken = places.map(({ id, until }) => `${Math.max(until - now, 0)}${held.includes(id) ? '' : ' lost'}`).sort();
  const counted = held.filter((id) => stillCounts(memory, id)).length;
  return JSON.stringify([
    attempt,
    // A stay that has run out ended at its deadline, and the wait after it counts from there.
    age(state.since, under.maxStay ? under.maxStay.after + under.longestWait + 1 : 0),
    taken,
    counted,
    held.length - counted > 0,
    [sample.calls, sample.failures, sample.slow],
    stage,
    age(since, 'shares' in under.allowance ? 3 : 0),
    Math.round(credit * 1e6),
  ]);
}

/** What a reader would call the situation. */
export function wordFor({ state, now }: Situation, { maxStay }: PlanUnderTest): string {
  const { phase } = state;
  if (phase === 'closed') return state.attempt > 0 ? 'closed again' : 'closed';
  if (phase === 'open') return now >= state.until && now > state.since ? 'open and due' : 'open';
  const { places, sample, stage, fence = 0 } = memoryOf(state);
  if (maxStay && now >= state.since + maxStay.after) return 'half-open, its stay run out';
  if (!places) return `half-open at share ${(stage ?? 0) + 1}${fence > 0 ? ', gone back' : ''}`;
  const lost = places.some(({ until }) => until <= now);
  const answered = sample.calls > 0 ? ', some answered' : '';
  return `half-open, ${lost ? 'a probe overdue' : `${places.length} in flight`}${answered}`;
}
