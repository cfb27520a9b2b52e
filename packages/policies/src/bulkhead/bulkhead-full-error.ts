import type { Ruling } from '@switchgear/core';
import { isBehind, PolicyError } from '../errors/policy-error.ts';
import { withoutStack } from '../errors/without-stack.ts';

/** Why a bulkhead refused: no place to wait was left, or the wait was over. */
export type BulkheadReason = 'full' | 'waited';

/** What a bulkhead was full of. */
export interface BulkheadLoad {
  /** Calls in their slots, given-up ones whose work goes on among them. */
  readonly active: number;

  /** Calls that wait for a slot. */
  readonly waiting: number;
}

/**
 * Rejected with in place of a call for which a bulkhead has no slot. Nothing was asked of the dependency, so breakers ignore
 * it. It carries no stack.
 */
export class BulkheadFullError extends PolicyError {
  override readonly name = 'BulkheadFullError';

  override readonly code = 'EBULKHEADFULL';

  /** The name of the bulkhead. */
  readonly bulkhead: string;

  readonly because: BulkheadReason;

  /** What was in the way. */
  readonly load: BulkheadLoad;

  constructor(bulkhead: string, because: BulkheadReason, load: BulkheadLoad) {
    const why = because === 'full' ? 'is full' : 'had no slot free in time';
    super(`Bulkhead "${bulkhead}" ${why} (${load.active} active, ${load.waiting} waiting)`);
    this.bulkhead = bulkhead;
    this.because = because;
    this.load = load;
  }

  override get '@switchgear/ruling'(): Ruling {
    return { outcome: 'ignored', kind: 'EBULKHEADFULL' };
  }
}

/** The error of a call that got no slot. */
export function bulkheadFull(bulkhead: string, because: BulkheadReason, load: BulkheadLoad): BulkheadFullError {
  return withoutStack(() => new BulkheadFullError(bulkhead, because, load));
}

/** Whether a full bulkhead of this package, or of another copy of it, is behind the error. */
export function isBulkheadFull(error: unknown): boolean {
  return isBehind(error, 'EBULKHEADFULL');
}
