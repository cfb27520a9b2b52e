import type { Because } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/** The data of every state, plain and immutable. */
interface Standing {
  /** Rises with each move. A permit of another generation has no effect. */
  readonly generation: number;

  /** When the circuit entered this state. */
  readonly since: Instant;

  /** Why it entered this state; undefined if it has never moved. */
  readonly because: Because | undefined;

  /** The number of openings in a row so far. A closed circuit may have to forget them before the next. */
  readonly attempt: number;
}

/** Calls go through. */
export interface Closed extends Standing {
  readonly phase: 'closed';
}

/** Calls are refused. */
export interface Open extends Standing {
  readonly phase: 'open';
  readonly because: Because;

  /** The end of the open period. */
  readonly until: Instant;
}

/** A few calls go through as probes. */
export interface HalfOpen extends Standing {
  readonly phase: 'half-open';

  /** When the next permit may be free, at the latest. */
  readonly until: Instant;

  /** How long the circuit was open before; 0 if it came straight from closed. */
  readonly waited: Millis;

  /** The number of the last call that was let through. */
  readonly issued: number;

  /** What recovery remembers of this stay. */
  readonly memory: unknown;

  /**
   * The random number for an opening caused by time alone, drawn on entry so that every reading of the state agrees.
   */
  readonly luck: number;
}

/** The state of a circuit, with everything that its future depends on. */
export type CircuitState = Closed | Open | HalfOpen;

/** The state of a new circuit: closed since its clock began. */
export const UNTOUCHED: Closed = { phase: 'closed', generation: 0, since: 0, because: undefined, attempt: 0 };

/** The same state in a new era: calls under way no longer have an effect. */
export function inNewEra<Some extends CircuitState>(state: Some): Some {
  return { ...state, generation: state.generation + 1 };
}
