import { findBehind } from '../foreign/branches.ts';
import { isRefusal, refusalMarkOf } from '../foreign/ruling.ts';
import type { Because } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';

let isMarked = false;

/** What all refusals have in common. */
const MARKS = { name: 'CircuitOpenError', code: 'EOPENBREAKER' };

/**
 * Rejected with instead of making the call when the circuit refuses. The dependency was not contacted, so the
 * call is safe to make again later. It carries no stack: there is nothing to find in it, and an outage throws many.
 */
export class CircuitOpenError extends Error {
  /** Stable; the same as in other breaker libraries. Use {@link isCircuitOpen} to tell ours from theirs. */
  declare readonly code: 'EOPENBREAKER';

  /** The name of the breaker that refused. */
  declare readonly breaker: string;

  /** Milliseconds until a call may be admitted, at least 1; `Infinity` when nobody knows. */
  declare readonly retryAfter: Millis;

  /** Why the circuit refuses. */
  declare readonly because: Because;

  constructor(breaker: string, retryAfter: Millis, because: Because) {
    const before = limitFrames(0);
    super(`Circuit "${breaker}" is open (${because.rule})`);
    limitFrames(before);
    // On the prototype: own properties would be written once for each refusal. And not before the first of them, for
    // nothing happens at import, and bundlers leave out what nobody uses.
    if (!isMarked) Object.assign(CircuitOpenError.prototype, MARKS, { [refusalMarkOf()]: true });
    isMarked = true;
    this.breaker = breaker;
    this.retryAfter = retryAfter;
    this.because = because;
  }
}

/**
 * Sets how many stack frames an error captures, where the engine has such a limit and the realm lets us set it. For errors of
 * which an outage makes many, and whose stack shows no cause.
 *
 * @returns the limit before, to be set again
 */
export function limitFrames(limit: number | undefined): number | undefined {
  const errors = Error as { stackTraceLimit?: number | undefined };
  const before = errors.stackTraceLimit;
  try {
    errors.stackTraceLimit = limit;
  } catch {
    // A frozen realm: the stack is captured, nothing else changes.
  }
  return before;
}

/**
 * The refusal behind an error, however clients have wrapped it: looks through `cause`, `sourceError` and `errors`.
 */
export function findCircuitOpen(error: unknown): CircuitOpenError | undefined {
  return findBehind(error, isRefusal) as CircuitOpenError | undefined;
}

/** Whether a refusal of a breaker, from any copy of this package, is behind the error. */
export function isCircuitOpen(error: unknown): boolean {
  return findCircuitOpen(error) !== undefined;
}

/** A promise to wait on for one microtask. Never handed out and never rejected, so refusals may share it. */
const NEXT_MICROTASK: Promise<void> = /* @__PURE__ */ Promise.resolve();

/**
 * A promise rejected a microtask from now: the caller's own handler is attached by then, and the engine need not note an
 * unhandled rejection, which costs as much as all the rest. Rejected rather than thrown, because a throw makes a message
 * that nobody reads: 850 ns instead of 1,200.
 */
export function rejected(error: unknown): Promise<never> {
  return new Promise((_, reject) => {
    NEXT_MICROTASK.then(() => reject(error));
  });
}
