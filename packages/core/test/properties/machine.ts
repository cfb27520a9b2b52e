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
  readonly sample: Readonly<Record<string, unknown>> & { readonly calls: number };
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

/** How old something gets before its age no longer matters. */
export interface Ages {
  readonly forgetAfter: number;
  readonly maxStay: number;
  readonly stage: number;
  readonly attempts: number;
}

/**
 * A state with all that its future does not depend on taken away: the origin of time, the count of eras and of probes,
 * reasons, and ages beyond which nothing changes. States of the same form have the same future; the model check tests
 * that as it goes.
 */
export function canonical(state: CircuitState, now: number, ages: Ages): readonly unknown[] {
  const age = (since: number, atMost: number) => Math.min(now - since, atMost);
  const attempt = Math.min(state.attempt, ages.attempts);
  if (state.phase === 'closed') return ['closed', attempt, age(state.since, ages.forgetAfter)];
  if (state.phase === 'open') return ['open', attempt, Math.max(state.until - now, 0), Math.min(now - state.since, 1)];
  const { places, sample, stage, since = now, credit = 0, fence = 0 } = memoryOf(state);
  const { calls, failures, slow, run, sums } = sample;
  const { issued } = state;
  return [
    'half-open',
    attempt,
    age(state.since, ages.maxStay),
    places?.map(({ id, until }) => [issued - id, Math.max(until - now, 0)]),
    [calls, failures, slow, run, sums],
    stage,
    age(since, ages.stage),
    Math.round(credit * 1e6),
    // No permit is older than this many, so a fence further back stands before all of them.
    Math.min(issued - fence, ISSUED_APART),
  ];
}

/** Permits further back than this many have been given up by their holders; see `holders.ts`. */
export const ISSUED_APART = 64;
