import { findBehind } from '../foreign/branches.ts';
import { isRefusal, refusalMarkOf } from '../foreign/ruling.ts';
import type { Because } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';

let isMarked = false;

/** The fields that all refusals share. */
const MARKS = { name: 'CircuitOpenError', code: 'EOPENBREAKER' };

/**
 * The error for a call that the circuit refused. The dependency was not contacted, so the call can safely be made again
 * later. It has no stack trace, because an outage causes many refusals and their stack shows nothing useful.
 */
export class CircuitOpenError extends Error {
  /** The same code as in opossum. Use {@link isCircuitOpen} to recognise errors of this library. */
  declare readonly code: 'EOPENBREAKER';

  /** The name of the breaker that refused. */
  declare readonly breaker: string;

  /** Milliseconds until a call may be admitted, at least 1; `Infinity` if unknown. */
  declare readonly retryAfter: Millis;

  /** Why the circuit refuses. */
  declare readonly because: Because;

  constructor(breaker: string, retryAfter: Millis, because: Because) {
    const before = limitFrames(0);
    super();
    limitFrames(before);
    // Not passed to `Error`, which takes 100 ns longer for a message. So it is enumerable, and shows in JSON.
    this.message = `Circuit "${breaker}" is open (${because.rule})`;
    // On the prototype, because own properties would be written once per refusal. Only at the first refusal, because
    // nothing happens at import and bundlers can then drop the class if it is unused.
    if (!isMarked) Object.assign(CircuitOpenError.prototype, MARKS, { [refusalMarkOf()]: true });
    isMarked = true;
    this.breaker = breaker;
    this.retryAfter = retryAfter;
    this.because = because;
  }
}

/**
 * Sets how many stack frames errors capture, if the engine has such a limit and it can be set. For errors that an outage
 * creates in large numbers and whose stack shows nothing useful.
 *
 * @param limit a number of frames, or the previous limit to restore it
 * @returns the previous limit
 */
export function limitFrames(limit: number | undefined): number | undefined {
  const errors = Error as { stackTraceLimit?: number | undefined };
  const before = errors.stackTraceLimit;
  try {
    errors.stackTraceLimit = limit;
  } catch {
    // In a frozen realm the limit cannot be set: the stack is captured, which is only slower.
  }
  return before;
}

/**
 * Returns the refusal behind an error, however clients have wrapped it: looks through `cause`, `sourceError` and `errors`.
 */
export function findCircuitOpen(error: unknown): CircuitOpenError | undefined {
  return findBehind(error, isRefusal) as CircuitOpenError | undefined;
}

/** Whether the error is, or wraps, a refusal by a breaker from any copy of this package. */
export function isCircuitOpen(error: unknown): boolean {
  return findCircuitOpen(error) !== undefined;
}
