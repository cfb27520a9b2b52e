import { describe, expect, it } from 'vitest';
import { Chance } from '../proofs/soak/chance.ts';
import { meanCalls, optimum } from './optimum.ts';
import { Stream, startTest, vitalsOf } from './stream.ts';

const DAY = 86_400_000;

/** How many calls must pass between two false alarms: a million, or a day's. */
const borne = (rate: number) => Math.max(1e6, rate * DAY);

/** The mean number of calls from a change to the verdict, each time after thousands of calls as they normally are. */
function meanDelay(normal: number, changed: number, rate: number, seed: number = 5): number {
  const repetitions = 200;
  const chance = new Chance(seed);
  let sum = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const test = startTest({}, vitalsOf(rate));
    const stream = new Stream(test, chance, rate);
    stream.callsToVerdict(normal, 3_000);
    sum += stream.callsToVerdict(changed, 10_000);
  }
  return sum / repetitions;
}

describe('the best possible delay', () => {
  it.each([
    [0.001, 2, 2.3, 4],
    [0.005, 3, 3.3, 4.1],
    [0.01, 3, 3.6, 5.4],
    [0.02, 4, 4.5, 5.7],
    [0.05, 5, 6, 8],
    [0.1, 6, 8.6, 11.2],
  ])('at %d matches the known value', (p0, total, most, threeQuarters) => {
    expect(optimum(p0, 1, 1e6)).toBe(total);
    for (const [p1, known] of [
      [0.9, most],
      [0.75, threeQuarters],
    ] as const) {
      // A finer lattice finds a slightly better test at times.
      const found = optimum(p0, p1, 1e6);
      expect(found).toBeLessThan(known + 0.05);
      expect(found).toBeGreaterThan(known * 0.9);
    }
  });

  it('is solved exactly: two failures in a row, by the formula', () => {
    const p = 0.3;
    expect(meanCalls({ up: 1, down: 1, limit: 1 }, p)).toBeCloseTo(1 / p, 9);
    // A success takes back all there is, so it is a row of two.
    expect(meanCalls({ up: 1, down: 2, limit: 2 }, p)).toBeCloseTo((1 - p ** 2) / ((1 - p) * p ** 2), 9);
  });
});

/** At least three failures in excess are needed, which costs most if few calls normally fail. */
const FLOOR_BINDS = 1.6;

describe.each([0.0002, 0.05])('at %d calls a millisecond a change is noticed', (rate) => {
  it.each([
    [0.001, FLOOR_BINDS],
    [0.005, FLOOR_BINDS],
    [0.01, 1.4],
    [0.02, 1.4],
    [0.05, 1.4],
    [0.1, 1.4],
  ])('where normally %d fail, in 1.6 times the calls of the best test, and to three quarters in %d', (p0, times) => {
    const delays = { total: meanDelay(p0, 1, rate), most: meanDelay(p0, 0.75, rate) };
    expect(delays.total / optimum(p0, 1, borne(rate))).toBeLessThanOrEqual(1.6);
    expect(delays.most / optimum(p0, 0.75, borne(rate))).toBeLessThanOrEqual(times);
    expect(delays.total).toBeGreaterThanOrEqual(3);
  });
});

it('at 2,000 calls a second a total failure is noticed within 10 ms, though failures of one millisecond count once', () => {
  for (const p0 of [0.001, 0.01, 0.02]) expect(meanDelay(p0, 1, 2) / 2).toBeLessThan(10);
});

describe('that little traffic needs three failures and much traffic more', () => {
  const failures = (rate: number) => {
    const detector = startTest({}, vitalsOf(rate));
    detector.skip(10_000);
    const stream = new Stream(detector, new Chance(1), 0.000_05);
    return stream.callsToVerdict(1, 100);
  };

  it('is a consequence: more calls a day give more chances of a false alarm', () => {
    // At a call in five seconds a million calls are two months, at 2,000 a second eight minutes.
    expect([0.000_01, 0.0002, 0.05, 2, 100].map(failures)).toEqual([3, 3, 3, 4, 4]);
  });

  it('is also a consequence for noise: the more calls normally fail, the more failures are needed', () => {
    const after = (normal: number) => {
      const test = startTest();
      const stream = new Stream(test, new Chance(1), 0.000_05);
      stream.callsToVerdict(normal, 5_000);
      test.clear(0);
      return stream.callsToVerdict(1, 100);
    };
    expect([0.001, 0.02, 0.05, 0.1, 0.2].map(after)).toEqual([3, 5, 7, 9, 13]);
  });
});
