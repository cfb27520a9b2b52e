import { circuitOf } from '../../src/breaker/create-breaker.ts';
import type { Breaker, OpenFor, RecoverRecipe, Rule } from '../../src/index.ts';
import type { CircuitEvent } from '../../src/machine/event.ts';
import { type CircuitState, untouched } from '../../src/machine/state.ts';
import { type Plan, type Step, transition } from '../../src/machine/transition.ts';

// The one door through which the proofs reach the inside of core. When the machine changes its form, this file does.

export type { CircuitEvent, CircuitState, Plan, Step };

/** A circuit that has seen nothing yet. */
export const START: CircuitState = untouched(0);

/** What an event does to a state. */
export function step(state: CircuitState, event: CircuitEvent, plan: Plan): Step {
  return transition(state, event, plan);
}

/** The machine's own view of a breaker's options. */
export function planOf(openFor: OpenFor, recover: RecoverRecipe, permitTimeout: number, rule?: Rule): Plan {
  return { openFor, recover: recover.build({ permitTimeout, rule }) };
}

/** What a proof sees of a breaker's inside. */
interface Standing {
  /** Where it stands, as far as anybody has asked. */
  readonly state: CircuitState;
  readonly plan: Plan;

  /** Milliseconds from which on a call is slow. */
  readonly slowerThan: number;
}

/** Where a breaker stands as far as anybody has asked, and by which plan it goes on. */
export function standing(breaker: Breaker): Standing {
  const { current, plan, detection } = circuitOf(breaker);
  return { state: current, plan, slowerThan: detection.slowerThan };
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

/** Whether an answer to this probe would still be heard. */
export function isHeard(memory: Memory, id: number): boolean {
  return memory.places ? memory.places.some((place) => place.id === id) : id > (memory.fence ?? 0);
}
