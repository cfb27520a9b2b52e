import { describe, expect, it } from 'vitest';
import { type Opening, squareRoot, type Vitals } from '../../src/index.ts';
import { vitalsOf } from '../detector/stream.ts';

/** An outage of this age, at this many calls a second. */
function outage(age: number, perSecond: number, opening: Partial<Opening> = {}): Opening {
  const vitals: Vitals = Object.assign(vitalsOf(perSecond / 1_000), { unservedSince: 1_000 });
  return { at: 1_000 + age, attempt: 0, luck: 0.5, because: { rule: 'r', at: 1_000 + age }, vitals, ...opening };
}

describe('squareRoot stays open', () => {
  it.each([
    [50, 100, 63],
    [50, 30_000, 1_095],
    [50, 300_000, 3_464],
    [0.2, 30_000, 17_320],
    [2_000, 30_000, 173],
  ])('for the square root of twice the age over the rate: at %d a second, after %d ms, for %d ms', (rate, age, ms) => {
    expect(squareRoot()(outage(age, rate))).toBeCloseTo(ms, -0.5);
  });

  it.each([
    [0, 0.75],
    [0.5, 1],
    [1 - 2 ** -53, 1.25],
  ])('for a quarter more or less at random: with luck %d, %d times as long', (luck, times) => {
    expect(squareRoot()(outage(30_000, 50, { luck }))).toBeCloseTo(times * Math.sqrt(60_000 / 0.05), 6);
  });

  it.each([
    [2, 0, 0.5],
    [8, 0, 0.3125],
    [8, 0.5, 1],
    [8, 1, 1.6875],
  ])(
    'with more chance among instances that share what they know: of %d, with luck %d, %d times as long',
    (instances, luck, times) => {
      const { vitals, ...opening } = outage(30_000, 50, { luck });
      const rest = squareRoot()({ ...opening, vitals: Object.assign(vitals as object, { instances }) as Vitals });
      expect(rest).toBeCloseTo(times * Math.sqrt((instances * 60_000) / 0.05), 6);
    },
  );

  it('for an outage of 0 ms as for one of 100 ms', () => {
    const hundred = squareRoot()(outage(100, 50));
    expect(squareRoot()(outage(99, 50))).toBe(hundred);
    expect(squareRoot()(outage(0, 50))).toBe(hundred);
    // No call since the last success.
    const vitals = Object.assign(vitalsOf(0.05), { unservedSince: Infinity });
    expect(squareRoot()({ ...outage(0, 50), vitals })).toBe(hundred);
    expect(squareRoot()(outage(101, 50))).toBeGreaterThan(hundred);
  });

  it('for 20 ms at least and 30 s at most, before randomness', () => {
    expect(squareRoot()(outage(100, 1e9))).toBe(20);
    expect(squareRoot()(outage(3_600_000, 0.001))).toBe(30_000);
    expect(squareRoot()(outage(100, 0))).toBe(30_000);
  });

  it('for 5 s at least if it was opened by hand', () => {
    const because = { rule: 'trip', at: 1_100 };
    expect(squareRoot()(outage(100, 50, { because }))).toBe(5_000);
    expect(squareRoot()(outage(3_600_000, 50, { because }))).toBeCloseTo(Math.sqrt(7_200_000 / 0.05), 6);
  });

  it('for as long as a server asks, up to a minute or the given cap', () => {
    expect(squareRoot()(outage(100, 50, { retryAfter: 5_000 }))).toBe(5_000);
    expect(squareRoot()(outage(100, 50, { retryAfter: 50 }))).toBeCloseTo(63, 0);
    expect(squareRoot()(outage(100, 50, { retryAfter: 3_600_000 }))).toBe(60_000);
    expect(squareRoot({ retryAfterMax: 1_000 })(outage(100, 50, { retryAfter: 3_600_000 }))).toBe(1_000);
    // The cap is on what a server says, not on our own wait.
    expect(squareRoot({ retryAfterMax: 1 })(outage(30_000, 50, { retryAfter: 9 }))).toBeGreaterThan(1_000);
  });

  it('for a time that does not depend on how often it was open before', () => {
    const [first, tenth] = [0, 9].map((attempt) => squareRoot()(outage(30_000, 50, { attempt })));
    expect(tenth).toBe(first);
  });
});

describe('squareRoot refuses', () => {
  it.each([{ retryAfterMax: 0 }, { retryAfterMax: Number.NaN }, { retryAfterMax: '5' }, { retryAfter: 5 }, 5, null])(
    '%o',
    (options) => {
      expect(() => squareRoot(options as never)).toThrow(/squareRoot/);
    },
  );
});
