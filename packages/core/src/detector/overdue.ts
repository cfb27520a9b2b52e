import { made } from '../vocabulary/made.ts';
import { requireMillis, requireOptions, requireWhole } from '../vocabulary/requirement.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Detector, DetectorRecipe, Readings } from './detector.ts';
import { SeenCalls } from './seen-calls.ts';

/** Options of {@link overdue}. */
export interface OverdueOptions {
  /**
   * A call in flight for this many milliseconds or longer is overdue; greater than 0. It is noticed at most an eighth of
   * this time late.
   */
  readonly longerThan: Millis;
}

/** Into how many slices `longerThan` is divided. A call is overdue once its whole slice is. */
const SLICES = 8;

/**
 * Opens when this many calls in flight are overdue, before any of them has come back: the only rule that notices a hang
 * before the callers' time limit does. It is checked when a call is about to be admitted.
 *
 * @param calls a whole number of at least 1
 * @throws {RangeError | TypeError} if the number or an option is out of range or unknown
 */
export function overdue(calls: number, options: OverdueOptions): DetectorRecipe {
  requireWhole('overdue', calls);
  requireOptions('overdue', options, ['longerThan']);
  const { longerThan } = options;
  requireMillis('overdue longerThan', longerThan);
  const recipe: DetectorRecipe = {
    build: ({ permitTimeout, window }) => ({
      clockReads: 2,
      slowerThan: longerThan,
      watches: true,
      anchored: window?.anchored,
      start(at, before) {
        const earlier = before instanceof Overdue ? before : undefined;
        const seen = new SeenCalls(at, window, earlier?.seen);
        return new Overdue(calls, longerThan, Math.max(permitTimeout, 2 * longerThan), seen, earlier);
      },
    }),
  };
  return made(recipe, 'overdue', calls, longerThan);
}

/** Counts calls in flight by the slice of time in which they began. */
class Overdue implements Detector {
  readonly lull = 0;
  readonly lullUntil: Instant = 0;
  readonly lullUnder: Millis = 0;
  readonly seen: SeenCalls;
  readonly #limit: number = 0;
  readonly #longerThan: Millis = 0;
  readonly #slice: Millis = 0;
  /** How many slices a call may be in flight before its permit counts as lost. */
  readonly #horizon: number = 0;
  readonly #begun: Map<number, number>;
  #overdue = 0;
  /** Slices before this one are overdue, and counted as such. */
  #line = -Infinity;

  /** @param earlier the detector before, from which calls in flight are taken over */
  constructor(limit: number, longerThan: Millis, horizon: Millis, seen: SeenCalls, earlier: Overdue | undefined) {
    const fitting = earlier && earlier.#longerThan === longerThan ? earlier : undefined;
    this.#begun = fitting ? fitting.#begun : new Map();
    if (fitting) {
      this.#overdue = fitting.#overdue;
      this.#line = fitting.#line;
    }
    this.seen = seen;
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

  tell(failed: boolean, at: Instant): undefined {
    this.seen.add(failed, at);
  }

  released(started: Instant): void {
    const slice = this.#sliceOf(started);
    const begun = this.#begun.get(slice);
    // A call that counts as lost is no longer in the map.
    if (begun === undefined) return;
    if (begun > 1) this.#begun.set(slice, begun - 1);
    else this.#begun.delete(slice);
    if (slice < this.#line) this.#overdue--;
  }

  /** Moves the lines. Slices enter the map in order of time, so those that cross a line are always its first. */
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

  skip(successes: number): void {
    this.seen.skip(successes);
  }

  clear(at: Instant): void {
    this.#begun.clear();
    this.#overdue = 0;
    this.seen.clear(at);
  }

  readings(at: Instant): Readings {
    return this.seen.readings(at);
  }
}
