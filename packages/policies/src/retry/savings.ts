/** A billionth: sums of shares such as 1/7 and 0.1 are off by far less, and no share is meant that exactly. */
const PER_UNIT = 1e9;

/**
 * Retries that are saved up: whole ones and shares of one. It counts the shares and multiplies once, so that seven times
 * 1/7 are one, however often it happens.
 */
export class Savings {
  readonly #share: number;
  readonly #most: number;
  #whole: number;
  #shares = 0;

  constructor(share: number, most: number) {
    this.#share = share;
    this.#most = most;
    this.#whole = most;
  }

  get left(): number {
    return this.#whole + Math.round(this.#shares * this.#share * PER_UNIT) / PER_UNIT;
  }

  earn(): void {
    this.#shares++;
    if (this.left < this.#most) return;
    this.#whole = this.#most;
    this.#shares = 0;
  }

  /** @returns whether there was a whole one */
  spend(): boolean {
    if (this.left < 1) return false;
    this.#whole--;
    return true;
  }
}
