import type { Millis } from '@switchgear/core';
import { notMade } from '../call/begin.ts';
import type { Call, CallOptions } from '../call/call-options.ts';
import type { Policy } from '../call/policy.ts';
import type { TimeLimit } from '../call/time-limit.ts';
import type { WaitingRow } from '../call/waiting.ts';
import { requireMillis } from '../options/requirement.ts';
import { limited } from './limited.ts';
import { rowFor } from './row-for.ts';
import { timeoutError } from './timeout-error.ts';

/** A time limit for each call. */
export interface Timeout extends Policy {
  readonly kind: 'timeout';

  /** Milliseconds that a call gets. */
  readonly limit: Millis;

  /** Calls that were given up and whose work has not ended yet. Work that heeds its signal is hardly ever among them. */
  readonly abandoned: number;
}

/**
 * A limit to how long a call may take. When its time is over the caller gets a {@link TimeoutError} and the call's own
 * signal aborts; the caller's signal is followed, and never touched.
 *
 * All limits share one coarse timer, which runs while calls do and keeps no process alive. So a call is given up late by up
 * to a sixteenth of its limit, or 50 ms where that is less, and never early. On Cloudflare Workers, where a timer belongs to a
 * request, each call has a timer of its own.
 *
 * @param limit milliseconds, greater than 0 and at most 2 147 483 647
 * @throws {TypeError | RangeError} for a limit that is none
 * @example
 * ```ts
 * const answer = await timeout(2_000).run(({ signal }) => fetch('https://payments.example', { signal }));
 * ```
 */
export function timeout(limit: Millis): Timeout {
  requireMillis('timeout', limit);
  return new CallTimeout(limit);
}

class CallTimeout implements Timeout, TimeLimit {
  readonly kind = 'timeout';
  readonly limit: Millis;
  abandoned = 0;
  /** Made with the first call: at import a runtime may not say yet what it is. */
  #row: WaitingRow | undefined = undefined;

  constructor(limit: Millis) {
    this.limit = limit;
  }

  run<T>(call: Call<T>, options?: CallOptions): Promise<T> {
    const refused = notMade(call, options);
    if (refused) return refused;
    this.#row = rowFor(this.limit, this.#row);
    return limited(call, options, this, this.#row);
  }

  errorFor(ended: Promise<void>): Error {
    return timeoutError(this.limit, ended);
  }
}
