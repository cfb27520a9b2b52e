import type { Instant, Millis } from '../vocabulary/time.ts';

/** How many calls the present latency remembers. */
const PRESENT = 20;
/** The normal latency remembers as many calls at least, and as many milliseconds. */
const NORMAL_CALLS = 500;
const NORMAL_TIME: Millis = 60_000;
/** By what the present latency may exceed the normal one before the normal one follows it slowly only. */
const UNUSUAL = 1.5;
const SLOWLY = 0.1;
/** Before so many calls, and so many times the present latency, nothing is unusual: the first answers are the quick ones. */
const WARM_UP_CALLS = 100;
const WARM_UP_ROUNDS = 20;

/** How long successes take, lately and normally: means in which each call weighs less as others follow. */
export class Latencies {
  present: Millis = 0;
  #normal: Millis = 0;
  #samples = 0;
  #age: Millis = 0;

  get normal(): Millis {
    return this.isWarm ? this.#normal : Math.max(this.#normal, this.present);
  }

  /** Whether enough is known to call anything unusual. */
  get isWarm(): boolean {
    return this.#samples > WARM_UP_CALLS && this.#age > WARM_UP_ROUNDS * this.present;
  }

  /**
   * @param gap milliseconds since the success before
   * @param isNormal whether the normal latency may learn from it
   */
  add(duration: Millis, gap: Millis, isNormal: boolean): void {
    this.#samples++;
    this.#age += gap;
    this.present += (duration - this.present) / Math.min(this.#samples, PRESENT);
    if (!isNormal) return;
    const share = Math.max(1 / this.#samples, Math.min(1 / NORMAL_CALLS, gap / NORMAL_TIME));
    // What is normal must not follow a brownout up.
    const isUnusual = this.isWarm && duration > this.#normal && this.present > UNUSUAL * this.#normal;
    this.#normal += (duration - this.#normal) * share * (isUnusual ? SLOWLY : 1);
  }

  /** The present latency is the normal one from now on. */
  accept(): void {
    this.#normal = this.present;
  }
}

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

/** As many calls are remembered. */
const CALLS_REMEMBERED = 1_000;
/** Before anything is known: one call in two hundred, weighing as much as a hundred calls. */
const FAILURES_ASSUMED = 0.5;
const CALLS_ASSUMED = 100;
/** A service that never fails is not believed to be so; one that fails more often is not called normal. */
const LEAST = 0.001;
const MOST = 0.3;

/** What share of the calls normally fails: learnt from them, later ones weighing more. */
export class NormalFailureRate {
  #failures = FAILURES_ASSUMED;
  #calls = CALLS_ASSUMED;

  /** From 0.001 to 0.3. */
  get share(): number {
    return Math.min(MOST, Math.max(LEAST, this.#failures / this.#calls));
  }

  /** @param calls 1, or any number of successes */
  add(calls: number, failures: number): void {
    const room = Math.min(calls, CALLS_REMEMBERED - this.#calls);
    this.#calls += room;
    // With the memory full, each call takes its share of what is remembered with it.
    if (calls > room) this.#failures *= (1 - 1 / CALLS_REMEMBERED) ** (calls - room);
    this.#failures += failures;
  }
}
