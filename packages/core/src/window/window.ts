import { made } from '../vocabulary/made.ts';
import { requireWhole } from '../vocabulary/requirement.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/** The column in which a window sums settled calls. */
export const CALLS = 0;

/** The column in which a window sums failures. */
export const FAILURES = 1;

/**
 * The column of the failures since the last success. It belongs to no call, so it is written directly into the sums.
 */
export const RUN = 2;

/** The columns from here on belong to the measures of the rule. */
export const FIRST = 3;

/** A kind of window: an immutable value that many breakers may share. Each gets its own memory. */
export interface WindowRecipe {
  /**
   * Identifies how the window remembers: if a breaker is reconfigured with a window of the same id, it keeps its memory.
   * Also the window's name in error messages.
   */
  readonly id: string;

  /** Whether it uses the time. If not, the clock may not be read for it, and every instant it receives may be 0. */
  readonly timed: boolean;

  /** Whether calls that began before `from` of its memory are left out. */
  readonly dated?: boolean;

  /** The most calls that it remembers; absent if that depends on the traffic. Rules that need more are refused. */
  readonly capacity?: number;

  /** After how many milliseconds it forgets everything at once; absent if it forgets gradually. */
  readonly forgetsAfter?: Millis;

  /**
   * Whether its grid starts with the breaker, so that its memory must be made then rather than at the first outcome.
   */
  readonly anchored?: boolean;

  /** Makes a memory with this many columns. */
  start(at: Instant, columns: number): WindowMemory;
}

/** A bounded memory of settled calls, kept as sums by column. Mutable but deterministic: time is a parameter. */
export interface WindowMemory {
  /** One sum per column, over the calls remembered at the last instant it received. */
  readonly sums: number[];

  /** Before this instant no sum changes by time alone. */
  readonly until: Instant;

  /** When the evidence began. Calls that began earlier are left out. */
  readonly from: Instant;

  /** Forgets what is too old. */
  roll(at: Instant): void;

  /** Counts one more call, to which following calls of `add` belong. */
  count(at: Instant): void;

  /** Adds an amount to a column for the last call. */
  add(column: number, amount: number): void;

  /** Counts calls that add nothing to other columns, all of them before `until`. */
  skip(calls: number): void;

  /** Forgets everything and starts again at this instant. */
  clear(at: Instant): void;
}

/** A list of this many zeros. */
export function zeros(columns: number): number[] {
  return new Array<number>(columns).fill(0);
}

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
  readonly #size: number = 0;
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
