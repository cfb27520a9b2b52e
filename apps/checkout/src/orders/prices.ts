/** What things are worth, in one currency. */
export interface Prices {
  readonly currency: string;

  /** What an order brings in, which is one call of the payment provider. */
  readonly revenuePerCall: number;

  /** What a failed call costs beside. */
  readonly failedCall: number;

  /** What a minute costs in which nobody is answered. */
  readonly minuteDown: number;
}

/** The shop's prices. **All of them are invented**: change them, and the report changes with them. */
export const PRICES: Prices = {
  currency: 'EUR',
  // The average amount of the demo's customers.
  revenuePerCall: 52.5,
  // One failed payment in ten makes somebody write to us, which costs 4 EUR.
  failedCall: 0.4,
  // Two people of the shop, called together at 60 EUR an hour each.
  minuteDown: 2,
};
