import type { Millis, Ruling } from '@switchgear/core';
import { isBehind, PolicyError, withoutStack } from '../call/policy-error.ts';

/**
 * The rejection of a call that took longer than its limit. A breaker counts it as a failure of kind `'timeout'`. It carries no
 * stack, because a timer made it.
 */
export class TimeoutError extends PolicyError {
  override readonly name = 'TimeoutError';

  /** The code that Node gives to a socket that timed out. It does not change between versions. */
  override readonly code = 'ETIMEDOUT';

  /** The limit, in milliseconds. */
  readonly limit: Millis;

  readonly #ended: Promise<void>;

  constructor(limit: Millis, ended: Promise<void>) {
    super(`No answer within ${limit} ms`);
    this.limit = limit;
    this.#ended = ended;
  }

  /** Fulfilled when the abandoned work has ended, whether it succeeded or failed. */
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

/** A {@link TimeoutError} without a stack. */
export function timeoutError(limit: Millis, ended: Promise<void>): TimeoutError {
  return withoutStack(() => new TimeoutError(limit, ended));
}

/** Whether a time limit of this package, or of another copy of it, is behind the error. */
export function isTimeout(error: unknown): boolean {
  return isBehind(error, 'ETIMEDOUT');
}

/**
 * The rejection of a call whose deadline has passed. Breakers ignore it, because a caller's deadline says nothing about the
 * dependency; use {@link timeout} for that. It carries no stack.
 */
export class DeadlineError extends PolicyError {
  override readonly name = 'DeadlineError';
  override readonly code = 'EDEADLINE';

  /** Whether the call was made; it is not if the deadline has passed before. */
  readonly made: boolean;

  readonly #ended: Promise<void> | undefined;

  constructor(ended?: Promise<void>) {
    super(ended ? 'The deadline has passed' : 'The deadline had passed before the call');
    this.made = ended !== undefined;
    this.#ended = ended;
  }

  override get '@switchgear/ended'(): Promise<void> | undefined {
    return this.#ended;
  }

  override get '@switchgear/ruling'(): Ruling {
    return { outcome: 'ignored', kind: 'deadline' };
  }
}

/** A {@link DeadlineError} without a stack; with `ended` if the call was made. */
export function deadlineError(ended?: Promise<void>): DeadlineError {
  return withoutStack(() => new DeadlineError(ended));
}

/** Whether a deadline of this package, or of another copy of it, is behind the error. */
export function isDeadline(error: unknown): boolean {
  return isBehind(error, 'EDEADLINE');
}
