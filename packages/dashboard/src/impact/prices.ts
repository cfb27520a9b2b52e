import { requireNumber, requireOptions } from '@switchgear/core/adapter';
import { requireString } from '../check/require.ts';

/** What calls and minutes are worth, in one currency. Leave out what you do not know. */
export interface PriceOptions {
  /**
   * The unit shown after amounts: `'EUR'`.
   *
   * @default ''
   */
  readonly currency?: string | undefined;

  /**
   * Revenue of a successful call.
   *
   * @default undefined: revenue is left out
   */
  readonly revenuePerCall?: number | undefined;

  /**
   * Cost of a failed call besides its lost revenue: support, retries, a place in a queue.
   *
   * @default undefined: failed calls are left out
   */
  readonly failedCall?: number | undefined;

  /**
   * Cost of a minute of downtime.
   *
   * @default undefined: downtime is left out
   */
  readonly minuteDown?: number | undefined;
}

/** @throws {TypeError | RangeError} naming the price, the rule and the value */
export function requirePrices(prices: PriceOptions): void {
  const names = ['currency', 'revenuePerCall', 'failedCall', 'minuteDown'];
  const { currency = '', ...amounts } = requireOptions('prices', prices, names);
  requireString('prices.currency', currency);
  for (const [name, price] of Object.entries(amounts)) requireNumber(`prices.${name}`, price, 0);
}
