import type { Millis } from '@switchgear/core';

/** Counts of one slice of time. */
export interface Bucket {
  /** When the slice began, in milliseconds since 1970. */
  readonly at: Millis;
  readonly succeeded: number;
  readonly failed: number;
  readonly refused: number;

  /** Settled calls that took at least `slowerThan`. */
  readonly slow: number;

  /** Mean duration of the calls that were measured, or `null` if none was. */
  readonly mean: Millis | null;

  /** The longest of them. */
  readonly longest: Millis;
}

/** Columns of one slice. The first holds its number plus one, so that 0 means never written. */
const SLICE = 0;
const SUCCEEDED = 1;
const FAILED = 2;
const REFUSED = 3;
const SLOW = 4;
const MEASURED = 5;
const TIME = 6;
const LONGEST = 7;
const WIDTH = 8;

/**
 * Counters for each of the latest slices of time. A slice is valid only if its number matches, so idle time costs nothing and needs no
 * timer: old slices are overwritten.
 */
export class Buckets {
  /** How long one slice is, in milliseconds. */
  readonly slice: Millis;
  readonly #count: number;
  /** Allocated at the first event, so unused breakers need no memory. */
  #cells: Float64Array | undefined;

  constructor(slice: Millis, count: number) {
    this.slice = slice;
    this.#count = count;
  }

  addCall(at: Millis, failed: boolean, slow: boolean, duration: Millis | undefined): void {
    const cells = this.#cellsAt(at);
    const row = this.#rowOf(at);
    add(cells, row + (failed ? FAILED : SUCCEEDED), 1);
    if (slow) add(cells, row + SLOW, 1);
    if (duration === undefined) return;
    add(cells, row + MEASURED, 1);
    add(cells, row + TIME, duration);
    cells[row + LONGEST] = Math.max(cells[row + LONGEST] as number, duration);
  }

  addRefusal(at: Millis): void {
    add(this.#cellsAt(at), this.#rowOf(at) + REFUSED, 1);
  }

  /** The slices in which anything happened, from the one `from` lies in to the one `to` lies in, oldest first. */
  between(from: Millis, to: Millis): Bucket[] {
    const found: Bucket[] = [];
    const last = Math.floor(to / this.slice);
    const first = Math.max(Math.floor(from / this.slice), last - this.#count + 1);
    for (let number = first; number <= last; number++) {
      const bucket = this.#read(number);
      if (bucket) found.push(bucket);
    }
    return found;
  }

  #read(number: number): Bucket | undefined {
    const row = (number % this.#count) * WIDTH;
    if (this.#cells?.[row + SLICE] !== number + 1) return undefined;
    const cell = (column: number): number => this.#cells?.[row + column] as number;
    return {
      at: number * this.slice,
      succeeded: cell(SUCCEEDED),
      failed: cell(FAILED),
      refused: cell(REFUSED),
      slow: cell(SLOW),
      mean: cell(MEASURED) > 0 ? cell(TIME) / cell(MEASURED) : null,
      longest: cell(LONGEST),
    };
  }

  #cellsAt(at: Millis): Float64Array {
    this.#cells ??= new Float64Array(this.#count * WIDTH);
    const row = this.#rowOf(at);
    const mark = Math.floor(at / this.slice) + 1;
    if (this.#cells[row + SLICE] !== mark) {
      this.#cells.fill(0, row, row + WIDTH);
      this.#cells[row + SLICE] = mark;
    }
    return this.#cells;
  }

  #rowOf(at: Millis): number {
    return (Math.floor(at / this.slice) % this.#count) * WIDTH;
  }
}

function add(cells: Float64Array, index: number, what: number): void {
  cells[index] = (cells[index] as number) + what;
}
