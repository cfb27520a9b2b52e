import type { Ruling } from '@switchgear/core';
import { isObject, readText, rulingBrought } from '@switchgear/core/adapter';
import { isBehind, PolicyError } from '../errors/policy-error.ts';

/** Rejected with when a call failed and steps of its fallback failed as well. Breakers judge it by its cause alone. */
export class FallbackError extends PolicyError {
  override readonly name = 'FallbackError';
  override readonly code = 'EFALLBACK';

  /** The very error of the call. */
  declare readonly cause: unknown;

  /** What the steps threw, in their order. */
  readonly errors: readonly unknown[];

  constructor(cause: unknown, errors: readonly unknown[]) {
    super(`The call failed, and so did its fallback: ${shown(cause)}`, { cause });
    this.errors = errors;
  }

  /** By the call's own error alone: that an alternative was refused says nothing about what the call depends on. */
  override get '@switchgear/ruling'(): Ruling {
    return rulingBrought(this.cause) ?? { outcome: 'failure' };
  }
}

/** Whether a fallback that failed, of this package or of another copy of it, is behind the error. */
export function isFallbackError(error: unknown): boolean {
  return isBehind(error, 'EFALLBACK');
}

function shown(cause: unknown): string {
  return readText(cause, 'message') ?? (isObject(cause) ? 'an object' : String(cause));
}
