import type { Figure } from '@switchgear/dashboard/impact';
import { measuredOf, type Saved } from '../src/demo/measure/savings.ts';
import { PRICES } from '../src/orders/prices.ts';
import { someFigures } from './some-figures.ts';

const figure = (title: string, unit: Figure['unit'], low: number, high: number): Figure => ({
  ...{ title, unit, low, high, meaning: '' },
  formula: `all 1,000,000 at the mean of failed calls: ${high}; 999,999 of them at the mean of successful calls: ${low}`,
});

/** Savings with ranges and long formulas. */
export const someSavings: Saved = {
  prices: PRICES,
  estimated: {
    ...{ since: 0, until: 60_000, currency: 'EUR', unknown: [] },
    figures: {
      callsSpared: figure('Calls spared', 'calls', 12_345, 12_345),
      waitingAvoided: figure('Waiting avoided', 'ms', 200_000, 40_000_000),
      availabilityWithout: figure('Availability without breakers', 'share', 0.1234, 0.9876),
      revenueKept: figure('Revenue kept', 'money', -1_234_567, 9_876_543),
      total: figure('Total savings', 'money', -787, 36_613),
    },
  },
  measured: measuredOf({ with: someFigures, without: { ...someFigures, confirmed: 100, queued: 800 } }, PRICES, 1),
};
