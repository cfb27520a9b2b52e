import type { Instant, Millis } from '@switchgear/core';

/** One slice of a window: the calls that ended in it. */
export interface Slice {
  fast: number;
  slow: number;
  failed: number;
}

/** The default number of slices of a time window. */
const SLICES = 10;

/**
 * The content of a breaker's time window, slice by slice. A breaker tells only the sums, so this is counted beside it from
 * the same outcomes; a test holds both to the same numbers.
 */
export class Evidence {
  readonly #slice: Millis;
  readonly #slowerThan: Millis;
  readonly #slices = new Map<number, Slice>();

  constructor(window: Millis, slowerThan: Millis = Infinity) {
    this.#slice = window / SLICES;
    this.#slowerThan = slowerThan;
  }

  add(failed: boolean, duration: Millis, at: Instant): void {
    const number = Math.floor(at / this.#slice);
    const slice = this.#slices.get(number) ?? { fast: 0, slow: 0, failed: 0 };
    slice[failed ? 'failed' : duration >= this.#slowerThan ? 'slow' : 'fast'] += 1;
    this.#slices.set(number, slice);
    const [oldest] = this.#slices.keys();
    if (oldest !== undefined && oldest <= number - SLICES) this.#slices.delete(oldest);
  }

  clear(): void {
    this.#slices.clear();
  }

  /** All slices, oldest first, those without a call too. */
  slices(now: Instant): Slice[] {
    const last = Math.floor(now / this.#slice);
    return Array.from(
      { length: SLICES },
      (_, index) => this.#slices.get(last - SLICES + 1 + index) ?? { fast: 0, slow: 0, failed: 0 },
    );
  }
}
