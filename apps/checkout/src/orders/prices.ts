/** What things are worth, in one currency. */
export interface Prices {
  readonly currency: string;

  /** Revenue of an order, which is one call to the payment provider. */
  readonly revenuePerCall: number;

  /** Cost of a failed call besides its lost revenue. */
  readonly failedCall: number;

  /** Cost of a minute of downtime. */
  readonly minuteDown: number;
}

/** The shop's prices. **All of them are made up.** */
export const PRICES: Prices = {
  currency: 'EUR',
  // The average amount of the demo's customers.
  revenuePerCall: 52.5,
  // One failed payment in ten leads to a support request, which costs 4 EUR.
  failedCall: 0.4,
  // Two people on call at 60 EUR an hour each.
  minuteDown: 2,
};
