import { describe, expect, it } from 'vitest';
import { createSchedule } from '../src/load/schedule.ts';

const options = { seed: 7, perSecond: 30, duration: 100_000 };

describe('a schedule', () => {
  it('is the same for the same options, so that both sides get the same customers', () => {
    expect(createSchedule(options)).toEqual(createSchedule(options));
  });

  it('is another one for another seed', () => {
    expect(createSchedule({ ...options, seed: 8 })).not.toEqual(createSchedule(options));
  });

  it('holds the rate on average', () => {
    // A Poisson count of 3000 has a standard deviation of 55.
    expect(Math.abs(createSchedule(options).length - 3_000)).toBeLessThan(4 * 55);
  });

  it('is in order, begins after the beginning and ends before the end', () => {
    const times = createSchedule(options).map(({ after }) => after);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(0);
    expect(times.at(-1)).toBeLessThan(options.duration);
  });

  it('bunches as independent customers do, instead of keeping a beat', () => {
    const times = createSchedule(options).map(({ after }) => after);
    const gaps = times.slice(1).map((time, index) => time - times[index]!);
    // In a Poisson process 63 % of the gaps are shorter than the mean.
    const mean = 1_000 / options.perSecond;
    const short = gaps.filter((gap) => gap < mean).length / gaps.length;
    expect(short).toBeGreaterThan(0.6);
    expect(short).toBeLessThan(0.66);
  });

  it('gives each order a reference of its own', () => {
    const references = createSchedule(options).map(({ reference }) => reference);
    expect(new Set(references).size).toBe(references.length);
  });
});
