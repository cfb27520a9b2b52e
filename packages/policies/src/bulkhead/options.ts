import type { Millis } from '@switchgear/core';
import { invalid, requireOptions, requireWhole } from '@switchgear/core/adapter';
import { requireDelay } from '../call/requirement.ts';

/** Options of {@link bulkhead}. */
export interface BulkheadOptions {
  /** The maximum number of concurrent calls, at least 1. */
  readonly concurrent: number;

  /**
   * The maximum number of calls that wait for a slot.
   *
   * @default 0 a call that finds no slot is refused at once
   */
  readonly queue?: number;

  /**
   * The longest time a call waits for a slot; milliseconds, greater than 0.
   *
   * @default 1_000 as long as a person waits for a page before looking elsewhere
   */
  readonly queueFor?: Millis;

  /**
   * Milliseconds after which the slot of an unfinished call is given to another. For work that may never end, and for Workers,
   * where a call dies with its request.
   *
   * @default undefined a call keeps its slot until it ends
   */
  readonly reclaimAfter?: Millis;

  /**
   * The bulkhead's name in its errors and in a pipeline's order; not empty.
   *
   * @default 'bulkhead'
   */
  readonly name?: string;
}

/** Options with their defaults. */
export type ResolvedBulkhead = Required<Omit<BulkheadOptions, 'reclaimAfter'>> & Pick<BulkheadOptions, 'reclaimAfter'>;

/** The only place where a bulkhead's defaults are defined and its options checked. */
export function resolveBulkhead(options: BulkheadOptions): ResolvedBulkhead {
  const given = requireOptions('bulkhead', options, ['concurrent', 'queue', 'queueFor', 'reclaimAfter', 'name']);
  const resolved = { queue: 0, queueFor: 1_000, name: 'bulkhead', ...given };
  const { concurrent, queue, queueFor, reclaimAfter, name } = resolved;
  requireWhole('concurrent', concurrent);
  requireWhole('queue', queue, 0);
  requireDelay('queueFor', queueFor);
  if (reclaimAfter !== undefined) requireDelay('reclaimAfter', reclaimAfter);
  if (typeof name !== 'string' || name === '') invalid('name', 'a string that is not empty', name, "name: 'reports'");
  if (queue === 0 && given.queueFor !== undefined)
    invalid('queueFor', 'left out if there is no queue', queueFor, 'queue: 20');
  return resolved;
}
