import { describe, expect, it } from 'vitest';
import { measuredOf } from '../src/demo/measure/savings.ts';
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
const theirs = { ...ours, confirmed: 60, queued: 40, callsToDeadService: 40, callsToPayments: 160, waitedMs: 69_000 };

describe('the savings, as measured on both sides', () => {
  it('is the difference between both sides, at the prices', () => {
    expect(measuredOf({ with: ours, without: theirs }, PRICES, 0.5)).toEqual({
      callsSpared: 50,
      waitingAvoided: 60_000,
      availabilityWith: 1,
      availabilityWithout: 0.75,
      failedCallsAvoided: 35 * 0.5,
      revenueKept: (100 - 60) * 50,
      downtimeAvoided: 0.25 * 0.5 * 60,
      total: 17.5 + 2_000 + 7.5,
    });
  });

  it('is less for each order lost', () => {
    const lossy = measuredOf({ with: { ...ours, lost: 10 }, without: theirs }, PRICES, 0.5);
    expect(lossy).toMatchObject({ availabilityWith: 0.9, revenueKept: (90 - 60) * 50 });
  });

  it('is 0 without orders', () => {
    const none = { ...someFigures, confirmed: 0, queued: 0, callsToDeadService: 0, callsToPayments: 0 };
    expect(measuredOf({ with: none, without: none }, PRICES, 0.5).total).toBe(0);
  });
});
