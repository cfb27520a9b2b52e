import type { PriceOptions } from '@switchgear/dashboard/impact';

/**
 * What the shop's calls of its payment provider are worth. **All of it is invented**: change it, and the report changes with it.
 * One call is one order, so revenue is that of an order: the average amount of the demo's customers.
 */
export const PRICES: Required<PriceOptions> = {
  currency: 'EUR',
  revenuePerCall: 52.5,
  // One failed payment in ten makes somebody write to us, which costs 4 EUR.
  failedCall: 0.4,
  // Two people of the shop, called together at 60 EUR an hour each.
  minuteDown: 2,
};
