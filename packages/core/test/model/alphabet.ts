import { type CircuitEvent, memoryOf, type Step, step, stillCounts } from '../properties/machine.ts';
import { frozen } from '../properties/must.ts';
import { machinePlan, type PlanUnderTest } from '../properties/plans.ts';
import type { Situation } from './situation.ts';

/** How many probes of a ramp callers hold on to at once; the oldest beyond that is lost for good. */
const MOST_HELD = 3;

/** Answers counted in a stage of a ramp, which otherwise could be any number. */
const MOST_ANSWERED = 4;

/** An event, and what came of it. */
export interface Consequence {
  /** Undefined if only time passes. */
  readonly event?: CircuitEvent;
  readonly step?: Step;
  readonly to: Situation;
}

const LUCK = 0.5;

/** Everything that can happen next. An instant passes only when the world decides so; all else happens within one. */
export function* consequences(from: Situation, under: PlanUnderTest): Generator<Consequence> {
  yield { to: { ...from, now: from.now + 1 } };
  for (const event of eventsOf(from)) {
    const happened = step(from.state, event, machinePlanOf(under));
    const to = after(from, event, happened);
    if (isWithinBounds(to)) yield { event, step: happened, to };
  }
}

const built = new Map<PlanUnderTest, ReturnType<typeof machinePlan>>();

/** The plan as the machine receives it, built once. */
export function machinePlanOf(under: PlanUnderTest): ReturnType<typeof machinePlan> {
  const plan = built.get(under) ?? machinePlan(under);
  built.set(under, plan);
  return plan;
}

function* eventsOf({ state, now: at, held }: Situation): Generator<CircuitEvent> {
  const moment = { at, luck: LUCK };
  yield { ...moment, type: 'acquire' };
  yield { ...moment, type: 'look' };
  yield { ...moment, type: 'judged', verdict: { rule: 'r', evidence: { seen: 1 } } };
  yield { ...moment, type: 'judged', verdict: { rule: 'limit', to: 'half-open' } };
  for (const to of ['closed', 'open', 'half-open'] as const) yield { ...moment, type: 'force', to, rule: 'hand' };
  const answer = { ...moment, type: 'settle', duration: 0 } as const;
  const { generation } = state;
  for (const id of telling({ state, held })) {
    yield { ...answer, generation, id, outcome: 'success', slow: false };
    yield { ...answer, generation, id, outcome: 'success', slow: true };
    yield { ...answer, generation, id, outcome: 'failure', slow: false };
    yield { ...answer, generation, id, outcome: 'ignored', slow: false };
  }
  // An answer of the era before, and one of this era to a call that was no probe.
  yield { ...answer, generation: generation - 1, id: 1, outcome: 'failure', slow: false };
  yield { ...answer, generation, id: 0, outcome: 'failure', slow: false };
}

/** Probes that would not count, and those on a ramp, are interchangeable. */
function* telling({ state, held }: Pick<Situation, 'state' | 'held'>): Generator<number> {
  if (state.phase !== 'half-open') return;
  const memory = memoryOf(state);
  const counted = held.filter((id) => stillCounts(memory, id));
  yield* memory.places ? counted : counted.slice(0, 1);
  const uncounted = held.find((id) => !counted.includes(id));
  if (uncounted !== undefined) yield uncounted;
}

function after({ held, now, state: before }: Situation, event: CircuitEvent, { state, admitted }: Step): Situation {
  const to = { state: frozen(state), now };
  if (state.phase !== 'half-open') return { ...to, held: [] };
  const isSameStay = state.generation === before.generation;
  let kept = isSameStay ? held : [];
  if (event.type === 'settle' && event.generation === before.generation) kept = kept.filter((id) => id !== event.id);
  if (admitted) kept = [...kept, admitted];
  const memory = memoryOf(state);
  const counted = kept.filter((id) => stillCounts(memory, id));
  const uncounted = kept.filter((id) => !counted.includes(id));
  // All that do not count are alike: one of them is enough.
  return { ...to, held: [...uncounted.slice(-1), ...counted.slice(-MOST_HELD)] };
}

function isWithinBounds({ state }: Situation): boolean {
  if (state.phase !== 'half-open') return true;
  const { stage, sample } = memoryOf(state);
  return stage === undefined || sample.calls <= MOST_ANSWERED;
}
