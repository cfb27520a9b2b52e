import { made } from '../vocabulary/made.ts';
import { requireWhole } from '../vocabulary/requirement.ts';
import type { Instant } from '../vocabulary/time.ts';
import { CALLS, type WindowMemory, type WindowRecipe, zeros } from './window.ts';

/**
 * Makes a window of the last `size` calls. It does not use the clock.
 *
 * @param size a whole number of at least 1
 * @throws {RangeError | TypeError} if the size is out of range
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

/** The amount that one call added to one column. */
interface Entry {
  readonly call: number;
  readonly column: number;
  readonly amount: number;
}

/**
 * The memory of a count window. It has entries only for calls that added something, so a large window costs nothing.
 */
class CountWindowMemory implements WindowMemory {
  readonly sums: number[];
  readonly until: Instant = Infinity;
  readonly from: Instant = -Infinity;
  readonly #size: number;
  #call = 0;
  #entries: Entry[] = [];
  /** Entries before this one are forgotten. They are removed many at a time. */
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
