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

/** A call has ended. One of another generation says nothing about this one, not even what the time is. */
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

  /** How long to stay open; as long as `openFor` says if absent. */
  readonly wait?: Millis | undefined;

  /**
   * An operator's order: it has an effect even where the circuit already stands there. An open circuit stays open for
   * longer, and a closed one begins a new era.
   */
  readonly ordered?: boolean;
}

/** Nothing has happened but that time has passed. */
export interface Look {
  readonly type: 'look';
  readonly at: Instant;
}

/** Everything that can happen to a circuit. */
export type CircuitEvent = Acquire | Settle | Move | Look;

/** What the world outside adds to an event, for an opening it may cause. */
export interface Ambient {
  /** A number drawn for this event, from 0 up to but not including 1. */
  readonly luck: number;

  /** Milliseconds that a server has lately asked us to stay away for. */
  readonly retryAfter?: Millis;

  /** What is known of the dependency and its callers, where a plug asks for it. The machine only passes it on. */
  readonly vitals?: Vitals | undefined;
}

/** What the machine needs of a breaker's options. */
export interface Plan {
  readonly openFor: OpenFor;
  readonly recovery: Recover;
}

/** What an event did. */
export interface Step {
  readonly state: CircuitState;

  /** The states entered, in order; time and an event together can cause two moves. */
  readonly moves: readonly CircuitState[];

  /** For a caller who asked: 0 to go ahead, a probe's number, or nothing if refused. */
  readonly admitted?: number | undefined;

  /** How many probes were given up for lost. */
  readonly lost?: number | undefined;

  /** What plugs have thrown or answered wrongly, for the shell to report. The machine went on with answers of its own. */
  readonly faults?: readonly unknown[] | undefined;

  /** What recovery has to say to the observer of the calls. The machine only passes it on. */
  readonly notes?: StepNotes | undefined;
}
