import { describe, expect, it } from 'vitest';
import { measuredOf } from '../src/demo/measured.ts';
import { someFigures } from './some-figures.ts';

const PRICES = { currency: 'EUR', revenuePerCall: 50, failedCall: 0.5, minuteDown: 60 };

const ours = {
  ...someFigures,
  confirmed: 70,
  queued: 30,
  lost: 0,
  callsToDeadService: 5,
  callsToPayments: 110,
  waitedMs: 9_000,
};
const theirs = { ...ours, confirmed: 60, queued: 40, callsToDeadService: 45, callsToPayments: 160, waitedMs: 69_000 };

describe('what was saved, as both sides were counted', () => {
  it('is what the side without breakers had more of, at the prices', () => {
    expect(measuredOf({ with: ours, without: theirs }, PRICES, 0.5)).toEqual({
      callsSpared: 50,
      waitingAvoided: 60_000,
      availabilityWith: 1,
      availabilityWithout: 0.6,
      failedCallsAvoided: 20,
      revenueKept: 100 * 0.4 * 50,
      downtimeAvoided: 0.4 * 0.5 * 60,
      total: 20 + 2_000 + 12,
    });
  });

  it('is less for each order lost', () => {
    expect(measuredOf({ with: { ...ours, lost: 10 }, without: theirs }, PRICES, 0.5).availabilityWith).toBe(0.9);
  });

  it('is nothing where nobody ordered', () => {
    const nobody = { ...someFigures, confirmed: 0, queued: 0 };
    expect(measuredOf({ with: nobody, without: nobody }, PRICES, 0.5).total).toBe(0);
  });
});
