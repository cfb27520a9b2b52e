import { isCircuitOpen, type Ruling } from '@switchgear/core';
import { isBehind, PolicyError, rulingBehind } from '../errors/policy-error.ts';

/** Rejected with when a call failed and steps of its fallback failed as well. Breakers judge it by its cause alone. */
export class FallbackError extends PolicyError {
  override readonly name = 'FallbackError';
  override readonly code = 'EFALLBACK';

  /** The very error of the call. */
  declare readonly cause: unknown;

  /** What the steps threw, in their order. */
  readonly errors: readonly unknown[];

  constructor(cause: unknown, errors: readonly unknown[]) {
    super(`The call failed, and so did its fallback: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.errors = errors;
  }

  /** By the call's own error alone: that an alternative was refused says nothing about what the call depends on. */
  override get '@switchgear/ruling'(): Ruling {
    const { cause } = this;
    return rulingBehind(cause) ?? { outcome: isCircuitOpen(cause) ? 'ignored' : 'failure' };
  }
}

/** Whether a fallback that failed, of this package or of another copy of it, is behind the error. */
export function isFallbackError(error: unknown): boolean {
  return isBehind(error, 'EFALLBACK');
}
