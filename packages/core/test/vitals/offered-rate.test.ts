import { describe, expect, it } from 'vitest';
import { OfferedRate } from '../../src/vitals/estimates.ts';
import { Chance } from '../proofs/soak/chance.ts';

/** After this many milliseconds a call weighs 1/e of its first weight. */
const MEMORY = 20_000;

/** A rate after calls at random times, this many a millisecond on average. */
function poisson(perMillisecond: number, from: number, until: number, rate: OfferedRate = new OfferedRate(from)) {
  const chance = new Chance(7);
  let at = from;
  let offered = 0;
  for (at += chance.after(1 / perMillisecond); at < until; at += chance.after(1 / perMillisecond)) {
    rate.add(at);
    offered++;
  }
  return { rate, offered };
}

describe('the rate of calls offered', () => {
  it.each([
    [0.0002, 10_000_000],
    [0.05, 200_000],
    [2, 100_000],
  ])('is that of a stream of %d calls a millisecond', (perMillisecond, long) => {
    const { rate } = poisson(perMillisecond, 500, long);
    // The effective number of calls in an exponential memory is 2 * rate * MEMORY; three standard deviations of it.
    const luck = 3 / Math.sqrt(2 * perMillisecond * MEMORY);
    expect(rate.at(long)).toBeGreaterThan(perMillisecond * (1 - luck));
    expect(rate.at(long)).toBeLessThan(perMillisecond * (1 + luck));
  });

  it.each([100, 1_000, 5_000])('is not less for a count that is only %d ms old', (age) => {
    const { rate, offered } = poisson(2, 1_000, 1_000 + age);
    expect(rate.at(1_000 + age) / (offered / age)).toBeCloseTo(1, 1);
  });

  it('lets a call weigh less by a factor of e each 20 s, and keeps in step with the formula', () => {
    const rate = new OfferedRate(0);
    const calls = [0, 150, 300, 4_000, 4_001, 25_000];
    for (const at of calls) rate.add(at);
    const count = (at: number) => calls.reduce((sum, then) => sum + Math.exp((then - at) / MEMORY), 0);
    for (const at of [25_000, 45_000, 90_000]) {
      const expected = count(at) / (MEMORY * (1 - Math.exp(-at / MEMORY)));
      // Calls of one step of 200 ms weigh the same: 1 % of a call at most.
      expect(Math.abs(rate.at(at) / expected - 1)).toBeLessThan(0.01);
    }
  });

  it('forgets a burst in the hours after it, with or without calls', () => {
    const rate = new OfferedRate(0);
    for (let call = 0; call < 10_000; call++) rate.add(100 + call / 100);
    expect(rate.at(3_600_000)).toBeCloseTo(0, 9);
    rate.add(3_600_000);
    expect(rate.at(3_600_000)).toBeCloseTo(1 / MEMORY, 9);
  });

  it('reports when it may have changed, at most every 200 ms', () => {
    const rate = new OfferedRate(0);
    expect([0, 199, 200, 201, 399, 400, 9_000].map((at) => rate.add(at))).toEqual([
      false,
      false,
      true,
      false,
      false,
      true,
      true,
    ]);
  });

  it('is a number even at the instant it is created', () => {
    const rate = new OfferedRate(5);
    expect(rate.at(5)).toBe(0);
    rate.add(5);
    expect(rate.at(5)).toBeCloseTo(1, 3);
  });
});
