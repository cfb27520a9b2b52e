import type { Ruling } from '@switchgear/core';
import { isBehind, PolicyError, withoutStack } from '../call/policy-error.ts';

/** Why a bulkhead refused: its queue was full, or the call waited too long for a slot. */
export type BulkheadReason = 'full' | 'waited';

/** The load of a bulkhead. */
export interface BulkheadLoad {
  /** Calls in slots, including abandoned ones whose work continues. */
  readonly active: number;

  /** Calls waiting for a slot. */
  readonly waiting: number;
}

/**
 * The rejection of a call for which a bulkhead had no slot. The dependency was not called, so breakers ignore it. It carries
 * no stack.
 */
export class BulkheadFullError extends PolicyError {
  override readonly name = 'BulkheadFullError';

  override readonly code = 'EBULKHEADFULL';

  /** The name of the bulkhead. */
  readonly bulkhead: string;

  readonly because: BulkheadReason;

  /** The load at that moment. */
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

/** A {@link BulkheadFullError} without a stack. */
export function bulkheadFull(bulkhead: string, because: BulkheadReason, load: BulkheadLoad): BulkheadFullError {
  return withoutStack(() => new BulkheadFullError(bulkhead, because, load));
}

/** Whether a full bulkhead of this package, or of another copy of it, is behind the error. */
export function isBulkheadFull(error: unknown): boolean {
  return isBehind(error, 'EBULKHEADFULL');
}
