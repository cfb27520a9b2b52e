import type { Millis } from '@switchgear/core';
import { refuse, requireOptions, requireWhole } from '@switchgear/core/adapter';
import { requireMillis } from '../options/requirement.ts';

/** Options of {@link bulkhead}. */
export interface BulkheadOptions {
  /** How many calls may be under way at once, at least 1. */
  readonly concurrent: number;

  /**
   * How many more may wait for a slot.
   *
   * @default 0 who finds no slot is refused at once
   */
  readonly queue?: number;

  /**
   * Milliseconds that a call waits for a slot at most, greater than 0.
   *
   * @default 1_000 as long as a person waits for a page before looking elsewhere
   */
  readonly queueFor?: Millis;

  /**
   * Milliseconds after which the slot of a call that has not ended is given on. For work that may never end, and for Workers,
   * where a call dies with its request.
   *
   * @default undefined a slot is kept for as long as its call goes on
   */
  readonly reclaimAfter?: Millis;

  /**
   * Names the bulkhead in its errors and in a pipeline's order. Not empty.
   *
   * @default 'bulkhead'
   */
  readonly name?: string;
}

/** Options with their defaults. */
export type ResolvedBulkhead = Required<Omit<BulkheadOptions, 'reclaimAfter'>> & Pick<BulkheadOptions, 'reclaimAfter'>;

/** The one place where a bulkhead's defaults are written and its options checked. */
export function resolveBulkhead(options: BulkheadOptions): ResolvedBulkhead {
  const given = requireOptions('bulkhead', options, ['concurrent', 'queue', 'queueFor', 'reclaimAfter', 'name']);
  const resolved = { queue: 0, queueFor: 1_000, name: 'bulkhead', ...given };
  const { concurrent, queue, queueFor, reclaimAfter, name } = resolved;
  requireWhole('concurrent', concurrent);
  requireWhole('queue', queue, 0);
  requireMillis('queueFor', queueFor);
  if (reclaimAfter !== undefined) requireMillis('reclaimAfter', reclaimAfter);
  if (typeof name !== 'string' || name === '') refuse('name', 'a string that is not empty', name, "name: 'reports'");
  if (queue === 0 && given.queueFor !== undefined)
    refuse('queueFor', 'left out where nobody may queue', queueFor, 'queue: 20');
  return resolved;
}
