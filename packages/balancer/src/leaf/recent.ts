import type { Instant, Millis } from '@switchgear/core';

/** How long a call counts, where there are many. */
export const MEMORY: Millis = 1_000;
/** How long it counts where there are few. */
const LONGEST: Millis = 60_000;
/** Where there are few, about so many calls count. */
const CALLS = 20;

/**
 * The pace at which the calls of all endpoints are forgotten: in about a second, or over some twenty calls if those take
 * longer. One for all, so that the sums of one endpoint and of all can be compared.
 */
export class Forgetting {
  #age = 0;
  #at: Instant | undefined;

  /** How much has been forgotten, as an exponent. */
  get age(): number {
    return this.#age;
  }

  /** A call has ended. */
  advance(at: Instant): void {
    const elapsed = this.#at === undefined ? 0 : Math.max(0, at - this.#at);
    this.#at = at;
    this.#age += Math.min(elapsed / MEMORY, 1 / CALLS + elapsed / LONGEST);
  }
}

/** How the last calls ended. */
export class Recent {
  calls = 0;
  failures = 0;
  /** Successes that took much longer than normal. */
  slow = 0;
  #age = 0;

  /** Forgets what is older. */
  fade(age: number): this {
    if (age > this.#age) {
      const kept = Math.exp(this.#age - age);
      this.calls *= kept;
      this.failures *= kept;
      this.slow *= kept;
      this.#age = age;
    }
    return this;
  }

  add(age: number, failed: boolean, slow: boolean): void {
    this.fade(age);
    this.calls++;
    if (failed) this.failures++;
    if (slow) this.slow++;
  }
  /** Takes out the calls of one that is compared no longer, which then begins anew. */
  remove(other: Recent, age: number): void {
    const { calls, failures, slow } = other.fade(age);
    this.fade(age);
    this.calls = Math.max(0, this.calls - calls);
    this.failures = Math.max(0, this.failures - failures);
    this.slow = Math.max(0, this.slow - slow);
    other.calls = 0;
    other.failures = 0;
    other.slow = 0;
  }
}
