import { requireMillis, requireOneOf, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { CALLS, type WindowMemory, type WindowRecipe, zeros } from './window.ts';

/** Options of {@link timeWindow}. */
export interface TimeWindowOptions {
  /**
   * Into how many slices the window is cut. A slice expires whole, so more of them forget more smoothly;
   * the cost of a call stays the same.
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
  readonly align?: 'epoch' | 'first' | 'first-tick';
}

/** What happened in one slice. */
interface Bucket {
  readonly begun: Instant;
  readonly sums: number[];
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
  const slice = length / buckets;
  return {
    id: `time:${length}:${buckets}:${align}`,
    timed: true,
    anchored: align === 'first-tick',
    start: (at, columns) => new TimeWindowMemory(length, slice, align, at, columns),
  };
}

/**
 * An idle hour costs nothing and needs no timer: what is too old is subtracted when the time is next told.
 * A call touches the sums and its own bucket; the number of buckets matters only to the memory they take.
 */
class TimeWindowMemory implements WindowMemory {
  readonly sums: number[];
  until: Instant = Number.NEGATIVE_INFINITY;
  readonly from: Instant = Number.NEGATIVE_INFINITY;

  readonly #length: Millis;
  readonly #slice: Millis;
  readonly #align: TimeWindowOptions['align'];
  #origin: Instant;
  /** The bucket that takes calls; none after its slice has passed, until the next call begins one. */
  #current: Bucket | undefined;
  /** Older buckets that still count, oldest first. */
  readonly #past: Bucket[] = [];

  constructor(length: Millis, slice: Millis, align: TimeWindowOptions['align'], at: Instant, columns: number) {
    this.sums = zeros(columns);
    this.#length = length;
    this.#slice = slice;
    this.#align = align;
    this.#origin = align === 'epoch' ? 0 : at;
  }

  roll(at: Instant): void {
    if (at < this.until) return;
    const current = this.#current;
    if (current && at >= current.begun + this.#slice) {
      this.#past.push(current);
      this.#current = undefined;
    }
    const tooOld = this.#edge(at) - this.#length;
    while (this.#past[0] && this.#past[0].begun <= tooOld) this.#forget(this.#past.shift() as Bucket);
    this.#lookAhead();
  }

  count(at: Instant): void {
    this.roll(at);
    if (!this.#current) {
      this.#current = { begun: this.#edge(at), sums: zeros(this.sums.length) };
      this.#lookAhead();
    }
    this.add(CALLS, 1);
  }

  add(column: number, amount: number): void {
    (this.sums[column] as number) += amount;
    ((this.#current as Bucket).sums[column] as number) += amount;
  }

  skip(calls: number): void {
    if (calls > 0) this.add(CALLS, calls);
  }

  clear(at: Instant): void {
    this.sums.fill(0);
    this.#past.length = 0;
    this.#current = undefined;
    if (this.#align === 'first-tick') this.#origin = at;
    this.#lookAhead();
  }

  /** Where a bucket that begins now would begin. */
  #edge(at: Instant): Instant {
    if (this.#align === 'first') return at;
    // A whole number of slices, counted rather than added up, so that 0.1 ms slices do not drift.
    return this.#origin + Math.floor((at - this.#origin) / this.#slice) * this.#slice;
  }

  #forget(bucket: Bucket): void {
    for (let column = 0; column < this.sums.length; column++) {
      (this.sums[column] as number) -= bucket.sums[column] as number;
    }
  }

  #lookAhead(): void {
    const full = this.#current ? this.#current.begun + this.#slice : Number.POSITIVE_INFINITY;
    const oldest = this.#past[0] ? this.#past[0].begun + this.#length : Number.POSITIVE_INFINITY;
    this.until = Math.min(full, oldest);
  }
}
