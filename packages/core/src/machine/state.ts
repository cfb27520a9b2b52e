import type { Because, State } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/**
 * Where a circuit stands, with all that its future depends on: plain immutable data. Every state has every field, so that
 * engines know one shape of state.
 */
export interface CircuitState {
  readonly phase: State;

  /** Rises with each move. A permit of another generation decides nothing. */
  readonly generation: number;

  /** Calls of this generation and later ones count as load: those that hang from before an outage do not. */
  readonly stay: number;

  /** When the circuit came here. */
  readonly since: Instant;

  /** Why it came here; absent for a circuit that has never moved. */
  readonly because: Because | undefined;

  /** The number that the next opening would carry, if what went before is not forgotten. */
  readonly attempt: number;

  /** From when on a call may be admitted: the end of an open period, or when the next place comes free at the latest. */
  readonly until: Instant;

  /** While half-open, how long the circuit was open before; 0 if it came straight from closed. */
  readonly wait: Millis;

  /** Chance for an opening that time alone brings about, drawn on entry so that every reading of the state agrees. */
  readonly luck: number;

  /** The number of the last call that was let through while half-open. */
  readonly issued: number;

  /** What recovery remembers of a stay half-open. */
  readonly memory: unknown;
}

/** A circuit that has seen nothing yet: closed since its clock began. */
export const UNTOUCHED: CircuitState = {
  phase: 'closed',
  generation: 0,
  stay: 0,
  since: 0,
  because: undefined,
  attempt: 0,
  until: 0,
  wait: 0,
  luck: 0,
  issued: 0,
  memory: undefined,
};
