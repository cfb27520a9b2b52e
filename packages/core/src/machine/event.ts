import type { Vitals } from '../vitals/vitals.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { Outcome } from '../vocabulary/outcome.ts';
import type { State } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

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
