import { circuitOf } from '../../src/breaker/create-breaker.ts';
import type { Breaker, OpenFor, Outcome, RecoverRecipe, Rule, State, Vitals } from '../../src/index.ts';
import type { Plan, Step } from '../../src/machine/event.ts';
import { held } from '../../src/machine/held.ts';
import { type CircuitState, UNTOUCHED } from '../../src/machine/state.ts';
import { transition } from '../../src/machine/transition.ts';
import type { Verdict } from '../../src/vocabulary/state.ts';

// The one door through which the proofs reach the inside of core. When the machine changes its form, this file does.

export type { CircuitState, Plan, Step };

interface Moment {
  readonly at: number;

  /** A number from 0 up to but not including 1. */
  readonly luck: number;
  readonly retryAfter?: number;
}

/** A probe's answer. */
interface Answer {
  readonly generation: number;
  readonly id: number;
  readonly outcome: Outcome;
  readonly slow: boolean;
  readonly duration: number;
}

/** Everything that can happen to a circuit, with the chance of that moment. */
export type CircuitEvent = Moment &
  (
    | { readonly type: 'acquire' | 'look' }
    | ({ readonly type: 'settle' } & Answer)
    | { readonly type: 'hold'; readonly least: number; readonly most: number }
    | { readonly type: 'judged'; readonly verdict: Verdict }
    | { readonly type: 'force'; readonly to: State; readonly rule: string; readonly wait?: number | undefined }
  );

/** A circuit that has seen nothing yet. */
export const START: CircuitState = UNTOUCHED;

/** What an event does to a state. */
export function step(state: CircuitState, event: CircuitEvent, plan: Plan): Step {
  const { at, luck, retryAfter = 0 } = event;
  const chance = { luck, retryAfter };
  if (event.type === 'judged') {
    const { verdict } = event;
    // Only a closed circuit has a detector that is listened to.
    const looked = transition(state, { type: 'look', at }, chance, plan);
    if (looked.state.phase !== 'closed') return looked;
    return transition(state, { type: 'move', at, to: verdict.to ?? 'open', verdict }, chance, plan);
  }
  if (event.type === 'force') {
    const { to, rule, wait } = event;
    return transition(state, { type: 'move', at, to, verdict: { rule }, wait }, chance, plan);
  }
  if (event.type === 'hold') {
    const looked = transition(state, { type: 'look', at }, chance, plan);
    return { ...looked, state: held(looked.state, at, event.least, event.most) };
  }
  return transition(state, event, chance, plan);
}

/** The machine's own view of a breaker's options. */
export function planOf(openFor: OpenFor, recover: RecoverRecipe, permitTimeout: number, rule?: Rule): Plan {
  return { openFor, recovery: recover.build({ permitTimeout, rule }) };
}

/** What a proof sees of a breaker's inside. */
interface Standing {
  /** Its state at the last event. */
  readonly state: CircuitState;
  readonly plan: Plan;

  /** Milliseconds from which on a call is slow. */
  readonly slowerThan: number;

  /** What it has learnt, if any plug of it asks. */
  readonly vitals: Vitals | undefined;
}

/** The state of a breaker at the last event, and its plan. */
export function standing(breaker: Breaker): Standing {
  const { current, blueprint, observer } = circuitOf(breaker);
  return { state: current, plan: blueprint, slowerThan: blueprint.detection.slowerThan, vitals: observer };
}

/** What the recovery of a half-open breaker remembers, as the recovery keeps it. */
export function memoryIn(breaker: Breaker): unknown {
  const { state } = standing(breaker);
  return state.phase === 'half-open' ? state.memory : undefined;
}

/** The vitals a breaker keeps. */
export function vitalsIn(breaker: Breaker): Vitals {
  const { vitals } = standing(breaker);
  if (!vitals) throw new Error('this breaker keeps no vitals');
  return vitals;
}

/** What a recovery's memory may hold, as far as proofs look into it. */
interface Memory {
  readonly places?: readonly { readonly id: number; readonly until: number }[];
  readonly sample: { readonly calls: number; readonly failures: number; readonly slow: number };
  readonly stage?: number;
  readonly since?: number;
  readonly credit?: number;
  readonly fence?: number;
}

/** What a half-open circuit remembers. */
export function memoryOf(state: CircuitState): Memory {
  if (state.phase !== 'half-open') throw new Error(`a circuit that is ${state.phase} remembers nothing of a stay`);
  return state.memory as Memory;
}

/** Whether an answer of this probe would still count. */
export function stillCounts(memory: Memory, id: number): boolean {
  return memory.places ? memory.places.some((place) => place.id === id) : id > (memory.fence ?? 0);
}
