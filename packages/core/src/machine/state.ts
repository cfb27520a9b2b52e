import type { Because } from '../vocabulary/because.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/** What every state carries. Plain immutable data throughout. */
interface Era {
  /** Rises with each move. A permit of another generation decides nothing. */
  readonly generation: number;

  /** When the circuit came here. */
  readonly since: Instant;

  /** Why it came here; absent for a circuit that has never moved. */
  readonly because?: Because;

  /** The number that the next opening would carry, if what went before is not forgotten. */
  readonly attempt: number;
}

/** Calls go through and are judged. */
export interface Closed extends Era {
  readonly phase: 'closed';
}

/** Calls are refused. */
export interface Open extends Era {
  readonly phase: 'open';
  readonly because: Because;

  /** From when on a call may find out whether the dependency is back. */
  readonly until: Instant;
}

/** A few calls go through and decide. */
export interface HalfOpen extends Era {
  readonly phase: 'half-open';
  readonly because: Because;

  /** How long the circuit was open before. */
  readonly wait: Millis;

  /** The number of the last call that was let through. */
  readonly issued: number;

  /** What recovery remembers of this stay. */
  readonly memory: unknown;

  /** Chance for an opening that time alone brings about, drawn on entry so that every reading of the state agrees. */
  readonly luck: number;
}

/** Where a circuit stands, with all that its future depends on. */
export type CircuitState = Closed | Open | HalfOpen;

/** A circuit that has seen nothing yet. */
export function untouched(at: Instant): Closed {
  return { phase: 'closed', generation: 0, since: at, attempt: 0 };
}
