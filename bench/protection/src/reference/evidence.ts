/** Share of failures from which on calling is not worth it, and net failures without which nothing opens. */
const BREAK_EVEN = 0.5;
const FLOOR = -8;
/** Calls over which the normal share of failures is learned, and its bounds. */
const MEMORY = 1_000;
const LEAST = 0.001;
const MOST = 0.3;
/** Calls between false alarms, at least, and over how many milliseconds of traffic. */
const CALLS = 1e6;
const DAY = 86_400_000;
/** Failures within a millisecond are one event: a dropped connection takes all its calls along. */
const BURST = 1;

/** The two sequential statistics: has it changed from its own normal, and is calling still worth it? */
export class Evidence {
  /** W, V, and the normal: k0 failures of n0 calls. */
  #changed = 0;
  #worse = 0;
  #failures = 0.5;
  #calls = 100;
  #countedAt = Number.NEGATIVE_INFINITY;
  #closedAt = Number.NEGATIVE_INFINITY;
  #lastOutage = 0;

  /** Weight of the last outage: 1 when it has just ended, falling to 0. */
  relapse(at: number): number {
    return Math.exp(-(at - this.#closedAt) / Math.max(10_000, 2 * this.#lastOutage));
  }

  /** h: the evidence needed for a verdict. */
  needed(at: number, rate: number): number {
    return Math.log(Math.max(CALLS, rate * DAY)) * (1 - 0.6 * this.relapse(at));
  }

  succeeded(): void {
    const [normal, bad] = this.#hypotheses();
    this.#changed = Math.max(0, this.#changed + Math.log((1 - bad) / (1 - normal)));
    this.#worse = this.#changed === 0 ? 0 : Math.max(FLOOR, this.#worse - 2 * BREAK_EVEN);
    this.#learn(0);
  }

  /** @returns whether the circuit should open */
  failed(at: number, rate: number): boolean {
    if (at - this.#countedAt >= BURST) {
      const [normal, bad] = this.#hypotheses();
      this.#changed += Math.log(bad / normal);
      this.#worse += 2 * (1 - BREAK_EVEN);
      this.#countedAt = at;
    }
    this.#learn(1);
    const net = (this.relapse(at) > 0.5 ? 2 : 3) * 2 * (1 - BREAK_EVEN);
    return this.#changed >= this.needed(at, rate) && this.#worse >= net;
  }

  /** The circuit has closed after an outage of this length in milliseconds; 0 without one. */
  closed(at: number, outage: number): void {
    this.#changed = 0;
    this.#worse = 0;
    if (outage === 0) return;
    this.#closedAt = at;
    this.#lastOutage = outage;
  }

  #hypotheses(): readonly [normal: number, bad: number] {
    const normal = Math.min(MOST, Math.max(LEAST, this.#failures / this.#calls));
    return [normal, (1 + normal) / 2];
  }

  #learn(failure: number): void {
    const kept = this.#calls >= MEMORY ? 1 - 1 / MEMORY : 1;
    this.#failures = this.#failures * kept + failure;
    this.#calls = this.#calls * kept + 1;
  }
}
