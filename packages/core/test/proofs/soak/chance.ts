/**
 * Random numbers that repeat for the same seed: mulberry32, by Tommy Ettinger. Written here and not taken from
 * `pure-rand`, because bounds of the adaptive tests and verdicts of the detector tests were recorded with this sequence.
 */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A number of at least 0 and less than 1. */
  readonly next = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };

  /** A whole number below this one. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** An exponentially distributed time with this mean: the wait for the next event of a Poisson process. */
  after(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }

  /** True one time in this many. */
  once(inThisMany: number): boolean {
    return this.next() * inThisMany < 1;
  }
}
