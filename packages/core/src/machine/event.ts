import type { OpenFor } from '../open-for/open-for.ts';
import type { Recover } from '../recover/recover.ts';
import type { StepNotes, Vitals } from '../vitals/vitals.ts';
import type { Outcome } from '../vocabulary/outcome.ts';
import type { State, Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { CircuitState } from './state.ts';

/** A caller asks for a permit. */
export interface Acquire {
  readonly type: 'acquire';
  readonly at: Instant;
}

/** A call has ended. If it is of another generation it has no effect; not even its time is used. */
export interface Settle {
  readonly type: 'settle';
  readonly at: Instant;
  readonly generation: number;
  readonly id: number;
  readonly outcome: Outcome;
  readonly slow: boolean;
  readonly duration: Millis;
  readonly kind?: string | undefined;
}

/** The detector has reached a verdict, or an operator moves the circuit by hand. */
export interface Move {
  readonly type: 'move';
  readonly at: Instant;
  readonly to: State;
  readonly verdict: Verdict;

  /** How long to stay open, in milliseconds; if absent, `openFor` decides. */
  readonly wait?: Millis | undefined;

  /**
   * Set for an operator's order, which has an effect even if the circuit is already in that state: an open circuit stays
   * open for longer, and a closed one begins a new era.
   */
  readonly ordered?: boolean;
}

/** Nothing but time has passed. */
export interface Look {
  readonly type: 'look';
  readonly at: Instant;
}

/** Everything that can happen to a circuit. */
export type CircuitEvent = Acquire | Settle | Move | Look;

/** Inputs from outside that accompany an event, for an opening it may cause. */
export interface Ambient {
  /** A random number for this event, at least 0 and less than 1. */
  readonly luck: number;

  /** What is left of a server's Retry-After, in milliseconds. */
  readonly retryAfter?: Millis;

  /**
   * What has been learnt about the dependency and its callers, if a plug asks for it. The machine only passes it on.
   */
  readonly vitals?: Vitals | undefined;
}

/** What the machine needs of a breaker's options. */
export interface Plan {
  readonly openFor: OpenFor;
  readonly recovery: Recover;
}

/** The effect of an event. */
export interface Step {
  readonly state: CircuitState;

  /** The states entered, in order. There may be several: time can cause moves before the event does. */
  readonly moves: readonly CircuitState[];

  /** For a caller who asked: 0 to go ahead, a probe's number, or undefined if refused. */
  readonly admitted?: number | undefined;

  /** How many probes now count as lost. */
  readonly lost?: number | undefined;

  /** Errors of plugs, for the shell to report. The machine used answers of its own instead. */
  readonly faults?: readonly unknown[] | undefined;

  /** Notes of the recovery for the observer of the calls. The machine only passes them on. */
  readonly notes?: StepNotes | undefined;
}
