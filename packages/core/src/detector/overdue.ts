import { made } from '../vocabulary/made.ts';
import { requireMillis, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Detector, DetectorRecipe, Readings } from './detector.ts';

/** Options of {@link overdue}. */
export interface OverdueOptions {
  /** A call in flight for this many milliseconds (greater than 0) or longer is overdue. Seen with a delay of at most an eighth of it. */
  readonly longerThan: Millis;
}

/** In how many slices the limit is cut. A call is overdue once its whole slice is. */
const SLICES = 8;

/**
 * Opens when so many calls in flight are overdue, before any of them has come back: the only rule that sees a hang
 * sooner than the callers' own time limit does. It is asked when a call is about to be admitted.
 *
 * @param calls a whole number of at least 1
 * @throws {RangeError | TypeError} for a number or an option out of range
 */
export function overdue(calls: number, options: OverdueOptions): DetectorRecipe {
  requireWhole('overdue', calls);
  requireOptions('overdue', options, ['longerThan']);
  const { longerThan } = options;
  requireMillis('overdue longerThan', longerThan);
  const recipe: DetectorRecipe = {
    build: ({ permitTimeout }) => ({
      clockReads: 2,
      slowerThan: longerThan,
      watches: true,
      start(_at, before) {
        const earlier = before instanceof Overdue ? before : undefined;
        return new Overdue(calls, longerThan, Math.max(permitTimeout, 2 * longerThan), earlier);
      },
    }),
  };
  return made(recipe, 'overdue', calls, longerThan);
}

/** Calls in flight, by the slice of time in which they began. */
class Overdue implements Detector {
  readonly lull = 0;
  readonly lullUntil: Instant = 0;
  readonly lullUnder: Millis = 0;
  readonly #limit: number;
  readonly #longerThan: Millis;
  readonly #slice: Millis;
  /** Slices that a call may be in flight before it is given up: somebody lost its permit. */
  readonly #horizon: number;
  readonly #begun: Map<number, number>;
  #overdue = 0;
  /** Slices before this one are overdue, and counted as such. */
  #line = -Infinity;

  /** @param earlier the one before it: calls that are in flight are so under another limit, too */
  constructor(limit: number, longerThan: Millis, horizon: Millis, earlier: Overdue | undefined) {
    const fitting = earlier && earlier.#longerThan === longerThan ? earlier : undefined;
    this.#begun = fitting ? fitting.#begun : new Map();
    if (fitting) {
      this.#overdue = fitting.#overdue;
      this.#line = fitting.#line;
    }
    this.#limit = limit;
    this.#longerThan = longerThan;
    this.#slice = longerThan / SLICES;
    this.#horizon = Math.ceil(horizon / this.#slice);
  }

  admitting(at: Instant): Verdict | undefined {
    this.#roll(at);
    if (this.#overdue >= this.#limit) {
      const evidence = { overdue: this.#overdue, limit: this.#limit, longerThan: this.#longerThan };
      return { rule: 'overdue', evidence };
    }
    const slice = this.#sliceOf(at);
    this.#begun.set(slice, (this.#begun.get(slice) ?? 0) + 1);
    return undefined;
  }

  tell(): undefined {}

  released(started: Instant): void {
    const slice = this.#sliceOf(started);
    const begun = this.#begun.get(slice);
    // A call that was given up for lost is no longer counted.
    if (begun === undefined) return;
    if (begun > 1) this.#begun.set(slice, begun - 1);
    else this.#begun.delete(slice);
    if (slice < this.#line) this.#overdue--;
  }

  /** Slices enter the map in the order of time, so those that cross a line are always its first. */
  #roll(at: Instant): void {
    const line = this.#sliceOf(at) - SLICES;
    const lost = this.#sliceOf(at) - this.#horizon;
    if (line <= this.#line) return;
    for (const [slice, calls] of this.#begun) {
      if (slice >= line) break;
      if (slice >= this.#line) this.#overdue += calls;
      if (slice >= lost) continue;
      this.#begun.delete(slice);
      this.#overdue -= calls;
    }
    this.#line = line;
  }

  #sliceOf(at: Instant): number {
    return Math.floor(at / this.#slice);
  }

  skip(): void {}

  clear(): void {
    this.#begun.clear();
    this.#overdue = 0;
  }

  readings(): Readings {
    return { calls: 0, failures: 0, slow: 0 };
  }
}
