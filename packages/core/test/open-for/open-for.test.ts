import { describe, expect, it } from 'vitest';
import { exponential, fixed, linear, type OpenFor } from '../../src/index.ts';

const opening = { at: 0, attempt: 0, luck: 0.5, because: { rule: 'r', at: 0 } };
const waits = (openFor: OpenFor, attempts: number[], luck: number): number[] =>
  attempts.map((attempt) => openFor({ ...opening, attempt, luck }));

describe('fixed', () => {
  it('waits the same time on every opening, whatever the luck', () => {
    expect(waits(fixed(700), [0, 1, 9], 0.1)).toEqual([700, 700, 700]);
    expect(waits(fixed(0), [0, 1], 0.9)).toEqual([0, 0]);
  });

  it('is lengthened by a server’s Retry-After, up to a minute by default, and never shortened', () => {
    expect(fixed(700)({ ...opening, retryAfter: 5_000 })).toBe(5_000);
    expect(fixed(700)({ ...opening, retryAfter: 500 })).toBe(700);
    expect(fixed(700)({ ...opening, retryAfter: 90_000 })).toBe(60_000);
    expect(fixed(700, { retryAfterMax: 2_000 })({ ...opening, retryAfter: 5_000 })).toBe(2_000);
    expect(fixed(70_000)({ ...opening, retryAfter: 90_000 })).toBe(70_000);
  });

  it.each([
    [{ cap: 1 }, "fixed has no option 'cap'; it takes retryAfterMax"],
    [{ retryAfterMax: 0 }, 'fixed retryAfterMax must be a number of milliseconds greater than 0, got 0'],
  ])('refuses %o', (options, message) => {
    expect(() => fixed(1, options as never)).toThrow(message);
  });
});

describe('exponential', () => {
  it('by default doubles its wait up to a minute, half of it random', () => {
    expect(waits(exponential(1_000), [0, 1, 2, 5, 6, 1_000], 0.5)).toEqual([750, 1_500, 3_000, 24_000, 45_000, 45_000]);
    expect(waits(exponential(1_000), [0, 1], 0)).toEqual([500, 1_000]);
  });

  it.each<[jitter: 'equal' | 'full' | 'decorrelated' | 'none', waits: number[]]>([
    ['equal', [750, 2_250, 3_000]],
    ['full', [500, 1_500, 2_000]],
    ['decorrelated', [2_000, 4_000, 4_000]],
    ['none', [1_000, 3_000, 4_000]],
  ])('spreads at random, within the longest wait: %s', (jitter, expected) => {
    expect(waits(exponential(1_000, { jitter, factor: 3, max: 4_000 }), [0, 1, 2], 0.5)).toEqual(expected);
  });

  it('decorrelated grows on from three times its own wait, not from the longest', () => {
    expect(waits(exponential(1_000, { jitter: 'decorrelated' }), [0, 1, 2], 0.5)).toEqual([2_000, 3_500, 6_500]);
  });

  it('honours a server’s Retry-After up to a minute, or up to its own longest wait if that is more', () => {
    const asked = (options: object, retryAfter: number) => exponential(1_000, options)({ ...opening, retryAfter });
    expect(asked({}, 90_000)).toBe(60_000);
    expect(asked({ max: 5_000 }, 90_000)).toBe(60_000);
    expect(asked({ max: 80_000 }, 90_000)).toBe(80_000);
    expect(asked({ max: 80_000, retryAfterMax: 10_000 }, 90_000)).toBe(10_000);
    expect(asked({}, 10)).toBe(750);
  });

  it('says how much of a Retry-After is worth remembering: no more than it honours', () => {
    expect(exponential(1_000).retryAfterMax).toBe(60_000);
    expect(exponential(1_000, { retryAfterMax: 5 }).retryAfterMax).toBe(5);
  });

  it('forgets immediately by default', () => {
    expect(exponential(1_000).forgetAfter).toBe(0);
    expect(exponential(1_000, { forgetAfter: 5 }).forgetAfter).toBe(5);
  });

  it('accepts a factor of 1, a longest wait equal to the first, and a forgetAfter of 0', () => {
    expect(waits(exponential(1_000, { factor: 1, max: 1_000, forgetAfter: 0 }), [0, 9], 0)).toEqual([500, 500]);
  });

  it.each([
    [{ longest: 1 }, "exponential has no option 'longest'; it takes factor, max, jitter, forgetAfter, retryAfterMax"],
    [{ factor: 0.9 }, 'exponential factor must be a number of at least 1, got 0.9'],
    [{ max: 999 }, 'exponential max must be a number of at least 1000, got 999'],
    [{ forgetAfter: -1 }, 'exponential forgetAfter must be a number of at least 0, got -1'],
    [{ retryAfterMax: -1 }, 'exponential retryAfterMax must be a number of milliseconds greater than 0, got -1'],
    [{ retryAfterOfIgnored: 1 }, 'exponential retryAfterOfIgnored must be one of true, false, got 1'],
    [{ jitter: 'some' }, "exponential jitter must be one of 'equal', 'full', 'decorrelated', 'none', got 'some'"],
  ])('refuses %o', (options, message) => {
    expect(() => exponential(1_000, options as never)).toThrow(message);
  });
});

describe('linear', () => {
  it('grows by its first wait with each opening in a row, up to five minutes by default', () => {
    expect(waits(linear(30_000, { jitter: 0 }), [0, 1, 2, 9, 10], 0.5)).toEqual([
      30_000, 60_000, 90_000, 300_000, 300_000,
    ]);
    expect(waits(linear(400_000, { jitter: 0 }), [0, 1], 0.5)).toEqual([400_000, 400_000]);
  });

  it('adds its jitter at random, to the longest wait too; half of the first wait by default', () => {
    expect(waits(linear(1_000, { max: 2_000, jitter: 100 }), [0, 1, 2], 0.5)).toEqual([1_050, 2_050, 2_050]);
    expect(waits(linear(1_000), [0, 1], 0.5)).toEqual([1_250, 2_250]);
  });

  it('honours a server’s Retry-After up to its own longest wait', () => {
    expect(linear(1_000)({ ...opening, retryAfter: 90_000 })).toBe(90_000);
    expect(linear(1_000, { retryAfterMax: 2_000 })({ ...opening, retryAfter: 90_000 })).toBe(2_000);
  });

  it.each([
    [0, {}, 'linear must be a number of milliseconds greater than 0, got 0'],
    [100, { max: 99 }, 'linear max must be a number of at least 100, got 99'],
    [100, { jitter: -1 }, 'linear jitter must be a number of at least 0, got -1'],
    [100, { forgetAfter: -1 }, 'linear forgetAfter must be a number of at least 0, got -1'],
    [100, { factor: 2 }, "linear has no option 'factor'; it takes max, jitter, forgetAfter"],
  ])('refuses linear(%s, %o)', (ms, options, message) => {
    expect(() => linear(ms, options as never)).toThrow(message);
  });
});
