import { type Figure, say } from '../../src/impact/figure.ts';
import type { Impact } from '../../src/impact/impact.ts';

/** The savings in one number. */
export interface Headline {
  /** `about 210 EUR` */
  readonly amount: string;

  /** What it is of: `Total savings`. */
  readonly title: string;
}

/** The sum of the money if prices are given, else the waiting avoided, else the calls spared: the first that is known. */
export function headlineOf({ figures, currency }: Pick<Impact, 'figures' | 'currency'>): Headline {
  const { total, revenueKept, failedCallsAvoided, downtimeAvoided, waitingAvoided, callsSpared } = figures;
  const figure = total ?? revenueKept ?? failedCallsAvoided ?? downtimeAvoided ?? waitingAvoided ?? callsSpared;
  return { amount: amountOf(figure, currency), title: figure.title };
}

/** The figure, or the middle of its range, with two significant digits: more would claim to know it. */
function amountOf({ unit, low, high }: Figure, currency: string): string {
  const money = unit === 'money' ? currency : '';
  if (say({ unit, low, high: low }, money) === say({ unit, low: high, high }, money))
    return say({ unit, low, high }, money);
  const middle = Number(((low + high) / 2).toPrecision(2));
  return `about ${say({ unit, low: middle, high: middle }, money)}`;
}
