import { made } from '../vocabulary/made.ts';
import { invalid, requireMillis, requireOneOf, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { type Align, AnchoredBuckets, bucketWindow, FirstCallBuckets } from './buckets.ts';
import { CALLS, type WindowMemory, type WindowRecipe, zeros } from './window.ts';

/** Options of {@link timeWindow}. */
export interface TimeWindowOptions {
  /**
   * Into how many buckets the window is divided: a whole number of at least 1. A bucket expires as a whole, so more buckets
   * forget more smoothly. The cost of a call stays the same.
   *
   * @default 10
   */
  readonly buckets?: number;

  /**
   * Where the buckets begin: on a grid of the breaker's clock (`'epoch'`), each at its first call (`'first'`),
   * or on a grid that starts with the breaker and restarts at each move (`'first-tick'`).
   *
   * @default 'epoch'
   */
  readonly align?: Align;
}

/**
 * Makes a window of the last `length` milliseconds, in buckets that expire as a whole.
 *
 * @param length milliseconds, greater than 0
 * @throws {RangeError | TypeError} if the length or an option is out of range or unknown
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
 * Makes a window that forgets all its calls every `length` milliseconds, counted from the breaker's creation and again from
 * each move. A call that began before the window last forgot is left out. Without a length it forgets only on moves, and
 * does not use the clock.
 *
 * @param length milliseconds, greater than 0
 * @default length Infinity
 * @throws {RangeError | TypeError} if the length is out of range
 */
export function tumblingWindow(length: Millis = Infinity): WindowRecipe {
  if (typeof length !== 'number' || !(length > 0))
    invalid('tumblingWindow', 'a number of milliseconds greater than 0', length);
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
  from: Instant = 0;
  readonly #length: Millis = 0;

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
