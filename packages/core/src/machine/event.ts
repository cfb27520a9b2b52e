import type { OpenFor } from '../open-for/open-for.ts';
import type { Recover } from '../recover/recover.ts';
import type { Vitals } from '../vitals/vitals.ts';
import type { Outcome } from '../vocabulary/outcome.ts';
import type { State, Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { CircuitState } from './state.ts';

/** A caller asks for leave to make a call. */
export interface Acquire {
  readonly type: 'acquire';
  readonly at: Instant;
}

/** A call came back. One of another generation says nothing about this one, not even what the time is. */
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

/** The detector has seen enough, or an operator moves the circuit by hand. */
export interface Move {
  readonly type: 'move';
  readonly at: Instant;
  readonly to: State;
  readonly verdict: Verdict;

  /** How long to stay open; as long as `openFor` says if absent. */
  readonly wait?: Millis | undefined;

  /**
   * An operator's order: it holds where the circuit stands already, too. An open circuit is open for longer, and a closed
   * one begins a new era.
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

/** What comes from outside with an event, for an opening it may cause. */
export interface Chance {
  /** A number drawn for this event, from 0 up to but not including 1. */
  readonly luck: number;

  /** Milliseconds a server has lately asked us to stay away for. */
  readonly retryAfter?: Millis;

  /** What is known of the dependency and its callers, where a plug asks for it. */
  readonly vitals?: Vitals | undefined;
}

/** What the machine must be told of a breaker's options. */
export interface Plan {
  readonly openFor: OpenFor;
  readonly recovery: Recover;
}

/** What an event did. */
export interface Step {
  readonly state: CircuitState;

  /** The states entered, in order; time and an event together can cause two moves. */
  readonly moves: readonly CircuitState[];

  /** What it means for a caller who asked: 0 to go ahead, a probe's number, or nothing if refused. */
  readonly admitted?: number | undefined;

  /** Probes given up for lost. */
  readonly lost?: number | undefined;

  /** What plugs have thrown or answered wrongly, for the shell to report. What they should have said is made up for. */
  readonly faults?: readonly unknown[] | undefined;

  /** Recovery has found that the present latency is the new normal one. */
  readonly acceptLatency?: boolean | undefined;
}

/** What recovery says of a call, whether it asks for leave or comes back. */
export interface Answer {
  readonly memory?: unknown;
  readonly admitted?: boolean;
  readonly lost?: number;
  readonly freeAt?: Instant;
  readonly to?: 'open' | 'closed' | undefined;
  readonly verdict?: Verdict | undefined;
  readonly fresh?: boolean | undefined;
  readonly acceptLatency?: boolean;
}
