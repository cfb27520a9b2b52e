import { made } from '../vocabulary/made.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { CALLS, type WindowMemory, type WindowRecipe, zeros } from './window.ts';

/** A window of the last `length` milliseconds in buckets that expire as a whole. `timeWindow` checks the numbers. */
export function bucketWindow(length: Millis, buckets: number): WindowRecipe {
  const recipe: WindowRecipe = {
    id: `timeWindow(${length}, { buckets: ${buckets} })`,
    timed: true,
    // A single bucket contains everything when it expires.
    ...(buckets === 1 && { forgetsAfter: length }),
    start: (_at, columns) => new BucketMemory(length, length / buckets, columns),
  };
  return made(recipe, recipe.id);
}

/**
 * The memory of a time window. Old buckets are subtracted at the next call, so an idle hour costs nothing and needs no
 * timer. A call touches only the sums and the last bucket; the number of buckets matters only for memory.
 */
export class BucketMemory implements WindowMemory {
  readonly sums: number[];
  until: Instant = -Infinity;
  readonly from: Instant = -Infinity;
  protected readonly length: Millis = 0;
  protected readonly slice: Millis = 0;
  protected origin: Instant = 0;
  /** One row per bucket, oldest first: when it began, then its sums. The last one takes calls until the next begins. */
  protected readonly rows: number[] = [];

  constructor(length: Millis, slice: Millis, columns: number) {
    this.length = length;
    this.slice = slice;
    this.sums = zeros(columns);
  }

  /** Buckets begin on a grid. Its points are multiplied rather than added up, so that slices of 0.1 ms do not drift. */
  roll(at: Instant): void {
    if (at < this.until) return;
    const begun = this.origin + Math.floor((at - this.origin) / this.slice) * this.slice;
    this.begin(begun);
    this.forget(begun - this.length);
    this.until = begun + this.slice;
  }

  protected begin(begun: Instant): void {
    this.rows.push(begun, ...zeros(this.sums.length));
  }

  /** Drops the buckets that began at this instant or earlier. */
  protected forget(tooOld: Instant): void {
    const { rows, sums } = this;
    let row = 0;
    while (tooOld >= (rows[row] as Instant)) {
      row++;
      for (const column of sums.keys()) (sums[column] as number) -= rows[row++] as number;
    }
    rows.splice(0, row);
  }

  count(at: Instant): void {
    this.roll(at);
    this.add(CALLS, 1);
  }

  add(column: number, amount: number): void {
    const { rows, sums } = this;
    (rows[rows.length - sums.length + column] as number) += amount;
    (sums[column] as number) += amount;
  }

  skip(calls: number): void {
    this.add(CALLS, calls);
  }

  clear(_at: Instant): void {
    this.sums.fill(0);
    this.rows.length = 0;
    this.until = -Infinity;
  }
}

/** Where the buckets of a time window begin; see {@link TimeWindowOptions.align}. */
export type Align = 'epoch' | 'first' | 'first-tick';

/** Buckets on a grid that starts with the breaker and restarts at each move. */
export class AnchoredBuckets extends BucketMemory {
  constructor(length: Millis, slice: Millis, columns: number, at: Instant) {
    super(length, slice, columns);
    this.origin = at;
  }

  override clear(at: Instant): void {
    super.clear(at);
    this.origin = at;
  }
}

/** Buckets that each begin at their first call. */
export class FirstCallBuckets extends BucketMemory {
  override roll(at: Instant): void {
    if (at < this.until) return;
    this.forget(at - this.length);
    const oldest = this.rows[0] ?? -Infinity;
    this.until = Math.min(this.#end, oldest + this.length);
  }

  override count(at: Instant): void {
    if (at >= this.#end) {
      this.begin(at);
      this.until = -Infinity;
    }
    super.count(at);
  }

  /** When the last bucket ends. */
  get #end(): Instant {
    return (this.rows.at(-1 - this.sums.length) ?? -Infinity) + this.slice;
  }
}
