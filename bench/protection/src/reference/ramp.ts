import type { Vitals } from './vitals.ts';

const NET_FAILURES = 3;
const FLOOR = -8;
/** Tolerated latency as a multiple of the normal one. */
const TOLERANCE = 3;

/** Traffic on its way back, or shed: a limit on the calls under way that clocks itself by the answers. */
export class Ramp {
  #limit: number;
  #slowStart: number;
  #peak = 0;
  /** Successes since the limit was cut, and in a row without a failure or a refusal. */
  #sinceCut = 0;
  #clean = 0;
  #worse = 0;
  /** While latency is high: since when, and the limit and latency it is compared with. */
  #slowSince = Number.NaN;
  #comparedLimit = Number.NaN;
  #comparedLatency = 0;
  readonly #early: boolean;

  constructor(limit: number, early: boolean) {
    this.#limit = limit;
    this.#slowStart = early ? limit : Number.POSITIVE_INFINITY;
    this.#early = early;
  }

  admits(load: number): boolean {
    if (load < Math.floor(this.#limit)) {
      this.#peak = Math.max(this.#peak, load + 1);
      return true;
    }
    this.#clean = 0;
    return false;
  }

  /** @returns whether the circuit should close */
  succeeded(at: number, vitals: Vitals): boolean {
    this.#sinceCut++;
    this.#clean++;
    this.#worse = Math.max(FLOOR, this.#worse - 1);
    if (vitals.fast <= TOLERANCE * vitals.base) this.#grow(vitals);
    else if (this.#limit < 4) this.#limit += 0.1 / this.#limit;
    else if (this.#shrink(at, vitals)) return true;
    const { load } = vitals;
    return this.#clean >= Math.max(10, 2 * Math.sqrt(this.#limit)) && load + 1 <= this.#limit / 2;
  }

  /** @returns whether to open, or to ignore the outcomes of calls in flight */
  failed(): 'open' | 'cut' | undefined {
    this.#clean = 0;
    this.#worse++;
    if (this.#worse < NET_FAILURES) return undefined;
    this.#worse = 0;
    if (this.#sinceCut === 0 || this.#limit <= 1) return 'open';
    this.#limit = this.#slowStart = Math.max(1, Math.min(this.#limit, this.#peak) / 2);
    this.#sinceCut = 0;
    this.#peak = 0;
    return 'cut';
  }

  #grow({ load, fast, base }: Vitals): void {
    this.#slowSince = Number.NaN;
    // The call that has just ended was one more.
    if (load + 1 < Math.floor(this.#limit)) return;
    this.#limit += this.#limit < this.#slowStart && fast < 2 * base ? 1 : 1 / this.#limit;
  }

  /** Holds, then shrinks. @returns whether the latency turned out to be the service's own, and nothing need be shed */
  #shrink(at: number, vitals: Vitals): boolean {
    const { fast, base } = vitals;
    if (Number.isNaN(this.#slowSince)) {
      this.#slowSince = at;
      this.#comparedLimit = Number.NaN;
    }
    const held = at - this.#slowSince > 4 * fast;
    if (Number.isNaN(this.#comparedLimit)) {
      if (held) this.#compare(at, fast);
      return false;
    }
    const limit = this.#limit;
    const slowness = Math.max(0.5, (TOLERANCE * base) / fast);
    this.#limit = Math.max(1, limit + (Math.sqrt(limit) - (1 - slowness) * limit) / (2 * limit));
    if (this.#limit > 0.6 * this.#comparedLimit || !held) return false;
    if (fast <= 0.8 * this.#comparedLatency) {
      this.#compare(at, fast);
      return false;
    }
    vitals.base = fast;
    this.#limit = this.#comparedLimit;
    this.#slowSince = Number.NaN;
    return this.#early;
  }

  #compare(at: number, latency: number): void {
    this.#slowSince = at;
    this.#comparedLimit = this.#limit;
    this.#comparedLatency = latency;
  }
}
