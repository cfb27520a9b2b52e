import type { Millis } from '../vocabulary/time.ts';

/**
 * A round is this many normal latencies, and no shorter than this, because a service that falls behind for a fifth of a
 * second is not overloaded.
 */
const ROUND = 2;
const LEAST_ROUND: Millis = 125;
/** If fewer of the calls of two rounds ago than this part are still under way, they were a burst, which has been served. */
const STILL = 0.25;

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
    if (now < this.#end + round) {
      this.#inPrevious = this.#inThis;
      this.#loadAtPrevious = this.#loadAtThis;
    } else {
      // A whole round has passed without a call, and that is the previous one. What was there at its start is not known. Load
      // has not fallen since then only if none of the calls before it has come back.
      this.#inPrevious = 0;
      this.#loadAtPrevious = this.#loadAtThis + this.#inThis - 1;
    }
    this.#inThis = 0;
    this.#loadAtThis = load;
    this.#end = now + round;
  }

  admitted(): void {
    this.#inThis++;
  }

  /**
   * How many calls of this load at least are late; 0 unless the load has grown over two rounds and many of the calls from
   * before are still under way, because a queue that no longer grows is a burst being served. Growth over one round is no sign:
   * while a burst drains, a single arrival is that.
   */
  late(load: number): number {
    const late = load - this.#inThis - this.#inPrevious;
    return load > this.#loadAtPrevious && late > STILL * this.#loadAtPrevious ? late : 0;
  }
}
