import type { Instant, Millis } from '../vocabulary/time.ts';

/** After so many milliseconds a call weighs 1/e of what it did. */
const MEMORY: Millis = 20_000;
/** Calls as close together as this weigh the same: an exponential is worked out for each step and not for each call. */
const STEP: Millis = 200;

/** How many calls a millisecond are offered: a count in which each call weighs less as time goes by. */
export class OfferedRate {
  readonly #born: Instant;
  /** The count as it was at the last step, and the calls since as if they had come then too. */
  #count = 0;
  #step: Instant;

  constructor(at: Instant) {
    this.#born = at;
    this.#step = at;
  }

  /** @returns whether a step is over, so that the rate has changed */
  add(at: Instant): boolean {
    if (at - this.#step < STEP) {
      this.#count++;
      return false;
    }
    this.#count = this.#countAt(at) + 1;
    this.#step = at;
    return true;
  }

  /** Calls a millisecond. What a young count has not had the time to see is made up for. */
  at(at: Instant): number {
    const age = Math.max(1, at - this.#born);
    return this.#countAt(at) / (MEMORY * (1 - Math.exp(-age / MEMORY)));
  }

  #countAt(at: Instant): number {
    return this.#count * Math.exp((this.#step - at) / MEMORY);
  }
}
