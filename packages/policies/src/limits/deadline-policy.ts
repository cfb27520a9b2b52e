import type { Millis } from '@switchgear/core';
import { invalid, requireNumber, requireOptions } from '@switchgear/core/adapter';
import { beginLimited, notMade } from '../call/begin.ts';
import type { Call, CallOptions, Deadline, Policy } from '../call/call.ts';
import type { TimeLimit } from '../call/derived-call.ts';
import { LONGEST_WAIT, requireDelay, requireMethod } from '../call/requirement.ts';
import { NEVER, OwnTimers } from '../time/timer-list.ts';
import { deadlineIn } from './deadline.ts';
import { deadlineError } from './errors.ts';

/** Options of {@link deadline}. */
export interface DeadlineOptions {
  /**
   * The longest time for any call, and the only limit for calls without a deadline; milliseconds, greater than 0.
   *
   * @default undefined a call without a deadline is not limited
   */
  readonly limit?: Millis;

  /**
   * Milliseconds of each deadline to keep for what comes after the call: a fallback and the way back. At least 0.
   *
   * @default 0
   */
  readonly keep?: Millis;
}

/** Lets no call outlast its caller's deadline. */
export interface DeadlinePolicy extends Policy {
  readonly kind: 'deadline';

  /** Calls whose deadline has passed and whose work has not ended yet. */
  readonly abandoned: number;
}

/**
 * Holds calls to the deadline they come with (`run(call, { deadline })`): when it has passed, the caller gets a
 * {@link DeadlineError}, however long the layers inside would wait. Inside, `context.deadline` is the time left.
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
  if (limit !== undefined) requireDelay('limit', limit);
  requireNumber('keep', keep, 0);
  return new CallDeadline(limit, keep);
}

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
    let remaining: Millis;
    try {
      remaining = remainingOf(options?.deadline);
    } catch (error) {
      return Promise.reject(error);
    }
    const left = Math.min(this.#limit, remaining) - this.#keep;
    if (left <= 0) return Promise.reject(deadlineError());
    // Each call has a different limit, so they cannot share a list.
    const timers = left > LONGEST_WAIT ? NEVER : new OwnTimers(left);
    const ownDeadline = left === Infinity ? undefined : deadlineIn(left);
    return beginLimited(call, options, this, timers, ownDeadline);
  }

  errorFor(ended: Promise<void>): Error {
    return deadlineError(ended);
  }
}

/** A caller may pass a deadline of its own making; what that throws is the caller's error. */
function remainingOf(deadline: Deadline | null | undefined): Millis {
  if (deadline === undefined || deadline === null) return Infinity;
  requireMethod('deadline', deadline, 'remaining', 'a deadline', 'deadlineIn(2_000)');
  const left: unknown = deadline.remaining();
  // NaN passes every comparison, so it would act as no limit at all.
  if (typeof left !== 'number' || Number.isNaN(left))
    invalid('the deadline', 'a number of milliseconds that are left', left);
  return left;
}
