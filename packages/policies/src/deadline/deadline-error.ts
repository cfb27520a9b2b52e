import type { Ruling } from '@switchgear/core';
import { isBehind, PolicyError } from '../errors/policy-error.ts';
import { withoutStack } from '../errors/without-stack.ts';

/**
 * Rejected with when the caller's time is over. Breakers ignore it: how much time a caller had says nothing about the
 * dependency; that is what {@link timeout} is for. It carries no stack.
 */
export class DeadlineError extends PolicyError {
  override readonly name = 'DeadlineError';
  override readonly code = 'EDEADLINE';

  /** Whether the call was made; where no time was left at the beginning, it was not. */
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

/** The error of a call whose caller's time is over; `ended` where the call was made. */
export function deadlineError(ended?: Promise<void>): DeadlineError {
  return withoutStack(() => new DeadlineError(ended));
}

/** Whether a deadline of this package, or of another copy of it, is behind the error. */
export function isDeadline(error: unknown): boolean {
  return isBehind(error, 'EDEADLINE');
}
