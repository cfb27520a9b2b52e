import type { Instant, Millis } from '../vocabulary/time.ts';
import { CALLS, type WindowMemory, type WindowRecipe, zeros } from './window.ts';

/** What happened in one slice. */
interface Bucket {
  readonly begun: Instant;
  readonly sums: number[];
}

/** The calls of the last `length` milliseconds in buckets that expire whole. Its numbers are checked by `timeWindow`. */
export function bucketWindow(length: Millis, buckets: number): WindowRecipe {
  return {
    id: `time ${length} ${buckets}`,
    timed: true,
    start: (_at, columns) => new BucketMemory(length, length / buckets, columns),
  };
}

/**
 * An idle hour costs nothing and needs no timer: what is too old is subtracted when the time is next told. A call
 * touches the sums and the last bucket; the number of buckets matters only to the memory they take.
 */
export class BucketMemory implements WindowMemory {
  readonly sums: number[];
  until: Instant = -Infinity;
  readonly from: Instant = -Infinity;
  protected readonly length: Millis;
  protected readonly slice: Millis;
  protected origin: Instant = 0;
  /** Oldest first. The last takes calls until the next begins. */
  protected readonly buckets: Bucket[] = [];

  constructor(length: Millis, slice: Millis, columns: number) {
    this.length = length;
    this.slice = slice;
    this.sums = zeros(columns);
  }

  /** Buckets begin on a grid: a whole number of slices, counted rather than added up, so that 0.1 ms do not drift. */
  roll(at: Instant): void {
    if (at < this.until) return;
    const begun = this.origin + Math.floor((at - this.origin) / this.slice) * this.slice;
    this.begin(begun);
    this.forget(begun - this.length);
    this.until = begun + this.slice;
  }

  protected begin(begun: Instant): void {
    this.buckets.push({ begun, sums: zeros(this.sums.length) });
  }

  /** Drops the buckets that began at this instant or earlier. */
  protected forget(tooOld: Instant): void {
    let [oldest] = this.buckets;
    while (oldest && oldest.begun <= tooOld) {
      for (const [column, amount] of oldest.sums.entries()) (this.sums[column] as number) -= amount;
      this.buckets.shift();
      [oldest] = this.buckets;
    }
  }

  count(at: Instant): void {
    this.roll(at);
    this.add(CALLS, 1);
  }

  add(column: number, amount: number): void {
    const { sums } = this.buckets.at(-1) as Bucket;
    (sums[column] as number) += amount;
    (this.sums[column] as number) += amount;
  }

  skip(calls: number): void {
    this.add(CALLS, calls);
  }

  clear(_at: Instant): void {
    this.sums.fill(0);
    this.buckets.length = 0;
    this.until = -Infinity;
  }
}
