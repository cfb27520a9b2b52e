import type { Millis } from '../vocabulary/time.ts';

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
