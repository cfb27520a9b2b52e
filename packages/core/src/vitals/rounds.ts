import type { Millis } from '../vocabulary/time.ts';

/**
 * A round is this many normal latencies, and no shorter than this, because a service that falls behind for a fifth of a
 * second is not overloaded.
 */
const ROUND = 2;
const LEAST_ROUND: Millis = 125;

/** Counts the late calls among those under way, without a list of them: the calls admitted before the previous round. */
export class Rounds {
  /** Calls admitted in the present round, and in the previous one. */
  #inThis = 0;
  #inPrevious = 0;
  /** The load at the start of the present round, and of the previous one. */
  #loadAtThis = 0;
  #loadAtPrevious = 0;
  #end: Millis = 0;

  /** Begins a new round if the present one is over. */
  pass(now: Millis, load: number, normalLatency: Millis): void {
    if (now < this.#end) return;
    const round = Math.max(LEAST_ROUND, ROUND * normalLatency);
    // If a whole round has passed without a call, the previous round is that one.
    this.#inPrevious = now < this.#end + round ? this.#inThis : 0;
    this.#inThis = 0;
    this.#loadAtPrevious = this.#loadAtThis;
    this.#loadAtThis = load;
    this.#end = now + round;
  }

  admitted(): void {
    this.#inThis++;
  }

  /**
   * How many calls of this load at least are late; 0 or less unless the load has grown over two rounds, because a queue that
   * no longer grows is a burst being served. Growth over one round is no sign: while a burst drains, a single arrival is that.
   */
  late(load: number): number {
    return load > this.#loadAtPrevious ? load - this.#inThis - this.#inPrevious : 0;
  }
}
