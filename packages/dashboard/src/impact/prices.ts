/** What calls and minutes are worth, in one currency of yours. Leave out what you do not know. */
export interface PriceOptions {
  /**
   * What is said after amounts: `'EUR'`.
   *
   * @default ''
   */
  readonly currency?: string | undefined;

  /**
   * What a call that is answered brings in.
   *
   * @default undefined: revenue is left out
   */
  readonly revenuePerCall?: number | undefined;

  /**
   * What a call that fails costs beside its revenue: support, retries, a place in a queue.
   *
   * @default undefined: failed calls are left out
   */
  readonly failedCall?: number | undefined;

  /**
   * What a minute in which nobody is answered costs.
   *
   * @default undefined: time down is left out
   */
  readonly minuteDown?: number | undefined;
}

/** @throws {RangeError} for a price that is no number of at least 0 */
export function requirePrices(prices: PriceOptions): void {
  const { revenuePerCall = 0, failedCall = 0, minuteDown = 0 } = prices;
  for (const [name, price] of Object.entries({ revenuePerCall, failedCall, minuteDown })) {
    if (!(Number.isFinite(price) && price >= 0)) {
      throw new RangeError(`${name} must be a number of at least 0, got ${price}`);
    }
  }
}
