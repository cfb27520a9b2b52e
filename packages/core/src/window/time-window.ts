import { made } from '../vocabulary/made.ts';
import { requireMillis, requireOneOf, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import { type Align, AnchoredBuckets, FirstCallBuckets } from './aligned-buckets.ts';
import { bucketWindow } from './buckets.ts';
import type { WindowRecipe } from './window.ts';

/** Options of {@link timeWindow}. */
export interface TimeWindowOptions {
  /**
   * Into how many slices the window is cut. A slice expires whole, so more of them forget more smoothly;
   * the cost of a call stays the same. A whole number of at least 1.
   *
   * @default 10
   */
  readonly buckets?: number;

  /**
   * Where the slices begin: on a grid of the breaker's clock (`'epoch'`), each at its first call (`'first'`),
   * or on a grid that starts with the breaker and again after each move (`'first-tick'`).
   *
   * @default 'epoch'
   */
  readonly align?: Align;
}

/**
 * Remembers the calls of the last `length` milliseconds, in slices that expire whole.
 *
 * @param length milliseconds, greater than 0
 * @throws {RangeError | TypeError} for a length or an option out of range
 */
export function timeWindow(length: Millis, options: TimeWindowOptions = {}): WindowRecipe {
  requireMillis('timeWindow', length);
  requireOptions('timeWindow', options, ['buckets', 'align']);
  const { buckets = 10, align = 'epoch' } = options;
  requireWhole('timeWindow buckets', buckets);
  requireOneOf('timeWindow align', align, ['epoch', 'first', 'first-tick']);
  const onGrid = bucketWindow(length, buckets);
  if (align === 'epoch') return onGrid;
  const Buckets = align === 'first' ? FirstCallBuckets : AnchoredBuckets;
  const recipe: WindowRecipe = {
    ...onGrid,
    id: `${onGrid.id} ${align}`,
    anchored: align === 'first-tick',
    start: (at, columns) => new Buckets(length, length / buckets, columns, at),
  };
  return made(recipe, recipe.id);
}
