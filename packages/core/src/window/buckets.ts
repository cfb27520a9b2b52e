import type { Instant, Millis } from '../vocabulary/time.ts';
import { CALLS, type WindowMemory, type WindowRecipe, zeros } from './window.ts';

/** Where a bucket that begins at this instant is taken to begin. */
export type Edge = (at: Instant, origin: Instant, slice: Millis) => Instant;

/** On a grid: a whole number of slices, counted rather than added up, so that slices of 0.1 ms do not drift. */
export const onGrid: Edge = (at, origin, slice) => origin + Math.floor((at - origin) / slice) * slice;

/** What happened in one slice. */
interface Bucket {
  readonly begun: Instant;
  readonly sums: number[];
}

/** Where buckets begin; see {@link timeWindow}. */
export type Align = 'epoch' | 'first' | 'first-tick';

/** The calls of the last `length` milliseconds in buckets that expire whole. Its numbers are checked by {@link timeWindow}. */
export function bucketWindow(
  length: Millis,
  buckets: number,
  align: Align = 'epoch',
  edge: Edge = onGrid,
): WindowRecipe {
  const anchored = align === 'first-tick';
  return {
    id: `time ${length} ${buckets} ${align}`,
    timed: true,
    anchored,
    start: (at, columns) => new BucketMemory(length, length / buckets, edge, anchored, at, columns),
  };
}

/**
 * An idle hour costs nothing and needs no timer: what is too old is subtracted when the time is next told. A call
 * touches the sums and the last bucket; the number of buckets matters only to the memory they take.
 */
class BucketMemory implements WindowMemory {
  readonly sums: number[];
  until: Instant = Number.NEGATIVE_INFINITY;
  readonly from: Instant = Number.NEGATIVE_INFINITY;
  readonly #length: Millis;
  readonly #slice: Millis;
  readonly #edge: Edge;
  readonly #anchored: boolean;
  #origin: Instant;
  /** Oldest first. The last takes calls until its slice has passed. */
  readonly #buckets: Bucket[] = [];

  constructor(length: Millis, slice: Millis, edge: Edge, anchored: boolean, at: Instant, columns: number) {
    this.sums = zeros(columns);
    this.#length = length;
    this.#slice = slice;
    this.#edge = edge;
    this.#anchored = anchored;
    this.#origin = anchored ? at : 0;
  }

  roll(at: Instant): void {
    if (at < this.until) return;
    const tooOld = this.#edge(at, this.#origin, this.#slice) - this.#length;
    let [oldest] = this.#buckets;
    while (oldest && oldest.begun <= tooOld) {
      for (const [column, amount] of oldest.sums.entries()) (this.sums[column] as number) -= amount;
      this.#buckets.shift();
      [oldest] = this.#buckets;
    }
    const last = this.#buckets.at(-1);
    this.until =
      oldest && last ? Math.min(last.begun + this.#slice, oldest.begun + this.#length) : Number.NEGATIVE_INFINITY;
  }

  count(at: Instant): void {
    this.roll(at);
    // Past the end of the last bucket, or with none: `until` is in the past then, and just has been looked at.
    const last = this.#buckets.at(-1);
    if (!last || at >= last.begun + this.#slice) {
      this.#buckets.push({ begun: this.#edge(at, this.#origin, this.#slice), sums: zeros(this.sums.length) });
      this.until = Number.NEGATIVE_INFINITY;
      this.roll(at);
    }
    this.add(CALLS, 1);
  }

  add(column: number, amount: number): void {
    const { sums } = this.#buckets.at(-1) as Bucket;
    (sums[column] as number) += amount;
    (this.sums[column] as number) += amount;
  }

  skip(calls: number): void {
    this.add(CALLS, calls);
  }

  clear(at: Instant): void {
    this.sums.fill(0);
    this.#buckets.length = 0;
    this.until = Number.NEGATIVE_INFINITY;
    if (this.#anchored) this.#origin = at;
  }
}
