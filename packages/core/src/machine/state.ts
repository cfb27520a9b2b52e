import type { Because } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/** What every state has. All of it is plain immutable data. */
interface Standing {
  /** Rises with each move. A permit of another generation decides nothing. */
  readonly generation: number;

  /** When the circuit came here. */
  readonly since: Instant;

  /** Why it came here; absent for a circuit that has never moved. */
  readonly because: Because | undefined;

  /** The number that the next opening would carry, unless a closed circuit has forgotten the openings before. */
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

/** A few calls go through to find out. */
export interface HalfOpen extends Standing {
  readonly phase: 'half-open';

  /** When the next permit may come free, at the latest. */
  readonly until: Instant;

  /** How long the circuit was open before; 0 if it came straight from closed. */
  readonly waited: Millis;

  /** The number of the last call that was let through. */
  readonly issued: number;

  /** What recovery remembers of this stay. */
  readonly memory: unknown;

  /** Chance for an opening that time alone brings about, drawn on entry so that every reading of the state agrees. */
  readonly luck: number;
}

/** Where a circuit stands, with all that its future depends on. */
export type CircuitState = Closed | Open | HalfOpen;

/** A circuit that has seen nothing yet: closed since its clock began. */
export const UNTOUCHED: Closed = { phase: 'closed', generation: 0, since: 0, because: undefined, attempt: 0 };

/** The same state in a new era: calls under way from before decide nothing any more. */
export function inNewEra<Some extends CircuitState>(state: Some): Some {
  return { ...state, generation: state.generation + 1 };
}
