import type { Millis } from '@switchgear/core';
import { beginLimited, notMade } from '../call/begin.ts';
import type { Call, CallOptions, Policy } from '../call/call.ts';
import type { TimeLimit } from '../call/derived-call.ts';
import { requireDelay } from '../call/requirement.ts';
import { timerListFor } from '../time/coarse-timer.ts';
import type { TimerList } from '../time/timer-list.ts';
import { timeoutError } from './errors.ts';

/** A time limit for each call. */
export interface Timeout extends Policy {
  readonly kind: 'timeout';

  /** The longest time a call may take, in milliseconds. */
  readonly limit: Millis;

  /** Calls that exceeded the limit and whose work has not ended yet. Work that heeds its signal is rarely among them. */
  readonly abandoned: number;
}

/**
 * Limits how long a call may take. When the time is over the caller gets a {@link TimeoutError} and the call's own signal
 * aborts; the caller's signal is only listened to.
 *
 * All limits share one coarse timer, which runs only during calls and keeps no process alive. A call is never abandoned early,
 * and late by at most a sixteenth of its limit or 50 ms, whichever is less. On Cloudflare Workers, where a timer belongs to a
 * request, each call has a timer of its own.
 *
 * @param limit milliseconds, greater than 0 and at most 2 147 483 647
 * @throws {TypeError | RangeError} if the limit is invalid
 * @example
 * ```ts
 * const answer = await timeout(2_000).run(({ signal }) => fetch('https://payments.example', { signal }));
 * ```
 */
export function timeout(limit: Millis): Timeout {
  requireDelay('timeout', limit);
  return new CallTimeout(limit);
}

class CallTimeout implements Timeout, TimeLimit {
  readonly kind = 'timeout';
  readonly limit: Millis;
  abandoned = 0;
  /** Chosen at the first call, because a runtime may not be recognizable at import. */
  #timers: TimerList | undefined = undefined;

  constructor(limit: Millis) {
    this.limit = limit;
  }

  run<T>(call: Call<T>, options?: CallOptions): Promise<T> {
    const refused = notMade(call, options);
    if (refused) return refused;
    this.#timers = timerListFor(this.limit, this.#timers);
    return beginLimited(call, options, this, this.#timers);
  }

  errorFor(ended: Promise<void>): Error {
    return timeoutError(this.limit, ended);
  }
}
