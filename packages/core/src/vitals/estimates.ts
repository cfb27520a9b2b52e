import type { Instant, Millis } from '../vocabulary/time.ts';

/** How many calls the present latency averages over. */
const PRESENT = 20;
/** The normal latency averages over at least this many calls, or over this many milliseconds if they hold fewer. */
const NORMAL_CALLS = 500;
const NORMAL_TIME: Millis = 60_000;
/**
 * Above this many times itself the normal latency learns more slowly, up and down alike, so that it does not lean to one
 * side; and how much more slowly.
 */
const UNUSUAL = 2;
const SLOWLY = 0.1;
/**
 * Nothing counts as unusual before this many calls and this many times the present latency, because the quick answers
 * come first.
 */
const WARM_UP_CALLS = 100;
const WARM_UP_ROUNDS = 20;

/** The present and the normal latency of successes: means in which each call weighs less as others follow. */
export class Latencies {
  present: Millis = 0;
  normal: Millis = 0;
  /** Whether enough was seen to call a latency unusual. For good, because an overload would take it back. */
  isWarm = false;
  /** The normal latency as learnt, which before warm-up may be below the present one. */
  #learnt: Millis = 0;
  #samples = 0;
  #age: Millis = 0;
  /** Calls that the present latency averages over. */
  #recent = 0;

  /**
   * @param gap milliseconds since the previous success
   * @param isOfNow whether the call began in the present era; the others say nothing about the present or the normal latency
   */
  add(duration: Millis, gap: Millis, isOfNow: boolean): void {
    this.#samples++;
    this.#age += gap;
    if (!isOfNow) return;
    this.present += (duration - this.present) / Math.min(++this.#recent, PRESENT);
    this.isWarm ||= this.#samples > WARM_UP_CALLS && this.#age > WARM_UP_ROUNDS * this.present;
    const share = Math.max(1 / this.#samples, Math.min(1 / NORMAL_CALLS, gap / NORMAL_TIME));
    // The normal latency must not follow a brownout.
    const isUnusual = this.isWarm && this.present > UNUSUAL * this.#learnt;
    this.#learnt += (duration - this.#learnt) * share * (isUnusual ? SLOWLY : 1);
    this.normal = this.isWarm ? this.#learnt : Math.max(this.#learnt, this.present);
  }

  /** Begins the present latency anew, because what was before no longer says anything about it. */
  restart(): void {
    this.#recent = 0;
  }

  /** Makes the present latency the normal one. */
  accept(): void {
    this.#learnt = this.present;
    this.normal = this.present;
  }
}

/** After this many milliseconds a call weighs 1/e of its first weight. */
const MEMORY: Millis = 20_000;
/** Calls within this time weigh the same, so that an exponential is computed once per step and not for each call. */
const STEP: Millis = 200;

/** The rate of offered calls: a count in which each call weighs less as time passes. */
export class OfferedRate {
  readonly #born: Instant = 0;
  /** The count at the last step, plus the calls since as if they had arrived then. */
  #count = 0;
  #step: Instant = 0;

  constructor(at: Instant) {
    this.#born = at;
    this.#step = at;
  }

  /** @returns whether a step has ended, so that the rate has changed */
  add(at: Instant): boolean {
    if (at - this.#step < STEP) {
      this.#count++;
      return false;
    }
    this.#count = this.#countAt(at) + 1;
    this.#step = at;
    return true;
  }

  /** The rate in calls per millisecond, corrected for a count that is younger than its memory. */
  at(at: Instant): number {
    const age = Math.max(1, at - this.#born);
    return this.#countAt(at) / (MEMORY * (1 - Math.exp(-age / MEMORY)));
  }

  #countAt(at: Instant): number {
    return this.#count * Math.exp((this.#step - at) / MEMORY);
  }
}

/** How many calls are remembered. */
const CALLS_REMEMBERED = 1_000;
/** The initial assumption: one call in two hundred fails. It weighs as much as a hundred calls. */
const FAILURES_ASSUMED = 0.5;
const CALLS_ASSUMED = 100;
/** Bounds of the share: no service never fails, and a higher share than this is not normal. */
const LEAST = 0.001;
const MOST = 0.3;

/** The share of calls that normally fails, learnt from all calls, with later ones weighing more. */
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
    // If the memory is full, each call displaces its share of what is remembered.
    if (calls > room) this.#failures *= (1 - 1 / CALLS_REMEMBERED) ** (calls - room);
    this.#failures += failures;
  }
}
