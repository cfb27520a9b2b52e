import type { Millis, Ruling } from '@switchgear/core';
import { isBehind, PolicyError } from '../errors/policy-error.ts';
import { withoutStack } from '../errors/without-stack.ts';

/**
 * Rejected with when a call took longer than its limit. A breaker counts it as a failure of kind `'timeout'`. It carries no
 * stack: a timer made it.
 */
export class TimeoutError extends PolicyError {
  override readonly name = 'TimeoutError';

  /** Stable; as of a socket that timed out. */
  override readonly code = 'ETIMEDOUT';

  /** The limit, in milliseconds. */
  readonly limit: Millis;

  readonly #ended: Promise<void>;

  constructor(limit: Millis, ended: Promise<void>) {
    super(`No answer within ${limit} ms`);
    this.limit = limit;
    this.#ended = ended;
  }

  /** Fulfilled when the work that was given up has really ended, however it ended. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  override get '@switchgear/ended'(): Promise<void> {
    return this.#ended;
  }

  override get '@switchgear/ruling'(): Ruling {
    return { outcome: 'failure', kind: 'timeout' };
  }
}

/** The error of a call that took longer than its limit. */
export function timeoutError(limit: Millis, ended: Promise<void>): TimeoutError {
  return withoutStack(() => new TimeoutError(limit, ended));
}

/** Whether a time limit of this package, or of another copy of it, is behind the error. */
export function isTimeout(error: unknown): boolean {
  return isBehind(error, 'ETIMEDOUT');
}
