import { made } from '../vocabulary/made.ts';
import { refuse, requireMillis, requireOneOf, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { type Align, AnchoredBuckets, bucketWindow, FirstCallBuckets } from './buckets.ts';
import { CALLS, type WindowMemory, type WindowRecipe, zeros } from './window.ts';

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

/**
 * Counts calls and forgets all of them every `length` milliseconds, counted from the breaker's creation and again from
 * each move. A call that began before the last time it forgot is left out. Without a length it forgets on moves only,
 * and never asks for the time.
 *
 * @param length milliseconds, greater than 0
 * @default length Infinity
 * @throws {RangeError | TypeError} for anything else
 */
export function tumblingWindow(length: Millis = Infinity): WindowRecipe {
  if (typeof length !== 'number' || !(length > 0))
    refuse('tumblingWindow', 'a number of milliseconds greater than 0', length);
  const timed = length < Infinity;
  const recipe: WindowRecipe = {
    id: `tumblingWindow(${length})`,
    timed,
    dated: timed,
    anchored: timed,
    ...(timed && { forgetsAfter: length }),
    start: (at, columns) => new TumblingWindowMemory(length, timed ? at : -Infinity, columns),
  };
  return made(recipe, recipe.id);
}

class TumblingWindowMemory implements WindowMemory {
  readonly sums: number[];
  from: Instant;
  readonly #length: Millis;

  constructor(length: Millis, at: Instant, columns: number) {
    this.#length = length;
    this.from = at;
    this.sums = zeros(columns);
  }

  get until(): Instant {
    return this.#length < Infinity ? this.from + this.#length : Infinity;
  }

  roll(at: Instant): void {
    if (at < this.until) return;
    this.sums.fill(0);
    this.from += Math.floor((at - this.from) / this.#length) * this.#length;
  }

  count(at: Instant): void {
    this.roll(at);
    this.add(CALLS, 1);
  }

  add(column: number, amount: number): void {
    (this.sums[column] as number) += amount;
  }

  skip(calls: number): void {
    this.add(CALLS, calls);
  }

  clear(at: Instant): void {
    this.sums.fill(0);
    if (this.#length < Infinity) this.from = at;
  }
}
