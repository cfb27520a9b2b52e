import type { Millis } from '@switchgear/core';

/** How many successes the mean latency is taken over. */
const LATENCY_CALLS = 64;
/** A slow answer is remembered for about as long as the service takes to make this many calls, within these bounds. */
const MEMORY_CALLS = 200;
const LEAST_MEMORY: Millis = 1_000;
const MOST_MEMORY: Millis = 10_000;

/** How quickly all endpoints of a service answer, and how often. */
export class Pace {
  /** What a success takes: that of an endpoint of which too little is known. */
  latency: Millis = 1;

  /**
   * How long a slow answer is remembered. One of ten thousand must not take an endpoint out of use; an endpoint that stays slow
   * shows it again with its next call.
   */
  memory: Millis = MOST_MEMORY;
  #successes = 0;

  count(failed: boolean, took: Millis, callsASecond: number): void {
    if (!failed) {
      this.#successes++;
      this.latency += (took - this.latency) / Math.min(this.#successes, LATENCY_CALLS);
    }
    this.memory = Math.max(LEAST_MEMORY, Math.min(MOST_MEMORY, (1_000 * MEMORY_CALLS) / callsASecond));
  }
}
