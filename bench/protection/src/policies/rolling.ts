/** Successes and failures within a window of time, in buckets, as most breakers count them. */
export class Rolling {
  readonly #bucket: number;
  readonly #successes: number[];
  readonly #failures: number[];
  #last = 0;
  successes = 0;
  failures = 0;

  constructor(window: number, buckets: number = 10) {
    this.#bucket = window / buckets;
    this.#successes = new Array<number>(buckets).fill(0);
    this.#failures = new Array<number>(buckets).fill(0);
  }

  get calls(): number {
    return this.successes + this.failures;
  }

  /** Share of failures; 0 without calls. */
  get rate(): number {
    return this.calls > 0 ? this.failures / this.calls : 0;
  }

  /** Drops what is too old. */
  roll(at: number): void {
    const now = Math.floor(at / this.#bucket);
    const passed = Math.min(now - this.#last, this.#successes.length);
    for (let i = 1; i <= passed; i++) {
      const place = (this.#last + i) % this.#successes.length;
      this.successes -= this.#successes[place] as number;
      this.failures -= this.#failures[place] as number;
      this.#successes[place] = this.#failures[place] = 0;
    }
    // After a long pause all is dropped, whichever buckets those were.
    this.#last = now;
  }

  add(succeeded: boolean, at: number): void {
    this.roll(at);
    const place = this.#last % this.#successes.length;
    const bucket = succeeded ? this.#successes : this.#failures;
    bucket[place] = (bucket[place] as number) + 1;
    if (succeeded) this.successes++;
    else this.failures++;
  }

  clear(): void {
    this.#successes.fill(0);
    this.#failures.fill(0);
    this.successes = this.failures = 0;
  }
}
