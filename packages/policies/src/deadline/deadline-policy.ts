import type { Millis } from '@switchgear/core';
import { refuse, requireNumber, requireOptions } from '@switchgear/core/adapter';
import { notMade } from '../call/begin.ts';
import type { Call, CallOptions } from '../call/call-options.ts';
import type { Policy } from '../call/policy.ts';
import type { TimeLimit } from '../call/time-limit.ts';
import type { WaitingRow } from '../call/waiting.ts';
import { LONGEST_WAIT, requireMethod, requireMillis } from '../options/requirement.ts';
import { limited } from '../timeout/limited.ts';
import { OwnTimers } from '../timeout/own-timer.ts';
import { type Deadline, deadlineIn } from './deadline.ts';
import { deadlineError } from './deadline-error.ts';

/** Options of {@link deadline}. */
export interface DeadlineOptions {
  /**
   * Milliseconds for calls that come without a deadline, and at most for those with one. Greater than 0.
   *
   * @default undefined a call without a deadline is not limited
   */
  readonly limit?: Millis;

  /**
   * Milliseconds of every deadline that are kept for what comes after the call: a fallback, and the way back. At least 0.
   *
   * @default 0
   */
  readonly keep?: Millis;
}

/** No call waits longer than its caller. */
export interface DeadlinePolicy extends Policy {
  readonly kind: 'deadline';

  /** Calls whose time was over and whose work has not ended yet. */
  readonly abandoned: number;
}

/**
 * Holds calls to the deadline they come with (`run(call, { deadline })`): when it has passed the caller gets a
 * {@link DeadlineError}, however long what is inside would wait. Inside, `context.deadline` is what is left.
 *
 * @throws {TypeError | RangeError} naming the option, the rule and the value
 * @example
 * ```ts
 * const inTime = deadline({ limit: 2_000, keep: 50 });
 * const answer = await inTime.run(
 *   ({ signal, deadline }) => fetch('https://orders.example', { signal, headers: deadlineHeaders(deadline) }),
 *   { deadline: readDeadline(request.headers) },
 * );
 * ```
 */
export function deadline(options: DeadlineOptions = {}): DeadlinePolicy {
  const { limit, keep = 0 } = requireOptions('deadline', options, ['limit', 'keep']);
  if (limit !== undefined) requireMillis('limit', limit);
  requireNumber('keep', keep, 0);
  return new CallDeadline(limit, keep);
}

/** Where those wait whose time is never over. */
const UNLIMITED: WaitingRow = {
  isShared: false,
  isHere: () => true,
  add: () => undefined,
  remove: () => undefined,
};

class CallDeadline implements DeadlinePolicy, TimeLimit {
  readonly kind = 'deadline';
  abandoned = 0;
  readonly #limit: Millis;
  readonly #keep: Millis;

  constructor(limit: Millis | undefined, keep: Millis) {
    this.#limit = limit ?? Infinity;
    this.#keep = keep;
  }

  run<T>(call: Call<T>, options?: CallOptions): Promise<T> {
    const refused = notMade(call, options);
    if (refused) return refused;
    let callers: Millis;
    try {
      callers = remainingOf(options?.deadline);
    } catch (error) {
      return Promise.reject(error);
    }
    const left = Math.min(this.#limit, callers) - this.#keep;
    if (left <= 0) return Promise.reject(deadlineError());
    // Every caller has another time, so they cannot wait in one row.
    const row = left > LONGEST_WAIT ? UNLIMITED : new OwnTimers(left);
    const tightened = left === Infinity ? undefined : deadlineIn(left);
    return limited(call, options, this, row, tightened);
  }

  errorFor(ended: Promise<void>): Error {
    return deadlineError(ended);
  }
}

/** A caller's deadline may be of any make. What it throws is the caller's own error. */
function remainingOf(deadline: Deadline | null | undefined): Millis {
  if (deadline === undefined || deadline === null) return Infinity;
  requireMethod('deadline', deadline, 'remaining', 'a deadline', 'deadlineIn(2_000)');
  const left: unknown = deadline.remaining();
  // A number that is none passes every comparison, and would be no time limit at all.
  if (typeof left !== 'number' || Number.isNaN(left))
    refuse('the deadline', 'a number of milliseconds that are left', left);
  return left;
}
