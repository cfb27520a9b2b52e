import { made } from '../vocabulary/made.ts';
import { requireWhole } from '../vocabulary/requirement.ts';
import type { Instant } from '../vocabulary/time.ts';
import { CALLS, type WindowMemory, type WindowRecipe, zeros } from './window.ts';

/**
 * Remembers the last `size` calls. It never asks for the time.
 *
 * @param size a whole number of at least 1
 * @throws {RangeError | TypeError} for anything else
 */
export function countWindow(size: number): WindowRecipe {
  requireWhole('countWindow', size);
  const recipe: WindowRecipe = {
    id: `countWindow(${size})`,
    timed: false,
    capacity: size,
    start: (_at, columns) => new CountWindowMemory(size, columns),
  };
  return made(recipe, recipe.id);
}

/** What one call added to one column. */
interface Entry {
  readonly call: number;
  readonly column: number;
  readonly amount: number;
}

/** Calls that added nothing but their number are known by the gaps between those that did, so the size costs nothing. */
class CountWindowMemory implements WindowMemory {
  readonly sums: number[];
  readonly until: Instant = Infinity;
  readonly from: Instant = -Infinity;
  readonly #size: number;
  #call = 0;
  #entries: Entry[] = [];
  /** Entries before this one have been forgotten. They are cut off now and then, not one by one. */
  #oldest = 0;

  constructor(size: number, columns: number) {
    this.#size = size;
    this.sums = zeros(columns);
  }

  roll(): void {}

  count(): void {
    this.skip(1);
  }

  skip(calls: number): void {
    this.#call += calls;
    this.sums[CALLS] = Math.min(this.#call, this.#size);
    const gone = this.#call - this.#size;
    for (let entry = this.#entries[this.#oldest]; entry && entry.call <= gone; entry = this.#entries[this.#oldest]) {
      (this.sums[entry.column] as number) -= entry.amount;
      this.#oldest++;
    }
    if (this.#oldest * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#oldest);
      this.#oldest = 0;
    }
  }

  add(column: number, amount: number): void {
    (this.sums[column] as number) += amount;
    this.#entries.push({ call: this.#call, column, amount });
  }

  clear(): void {
    this.sums.fill(0);
    this.#call = 0;
    this.#entries = [];
    this.#oldest = 0;
  }
}
