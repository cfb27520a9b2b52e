import { describe, expect, it } from 'vitest';
import { timeWindow } from '../../src/window/time-window.ts';
import { CALLS, FAILURES } from '../../src/window/window.ts';

function remembered(align: 'epoch' | 'first' | 'first-tick', started: number, failedAt: number, at: number): number {
  const memory = timeWindow(100, { buckets: 10, align }).start(started, 2);
  memory.count(failedAt);
  memory.add(FAILURES, 1);
  memory.roll(at);
  return memory.sums[FAILURES] as number;
}

describe('timeWindow', () => {
  it.each<
    [rule: string, align: 'epoch' | 'first' | 'first-tick', started: number, failedAt: number, at: number, left: number]
  >([
    ['epoch: a call lives until its slice leaves the window', 'epoch', 3, 19, 109, 1],
    ['epoch: and not an instant longer', 'epoch', 3, 19, 110, 0],
    ['first: a slice begins at its first call', 'first', 3, 19, 118.9, 1],
    ['first: and lives for the length of the window', 'first', 3, 19, 119, 0],
    ['first-tick: slices are counted from the start', 'first-tick', 3, 19, 112, 1],
    ['first-tick: not from the first call', 'first-tick', 3, 19, 113, 0],
    ['an idle day is no different from an idle window', 'epoch', 0, 5, 86_400_000, 0],
  ])('%s', (_rule, align, started, failedAt, at, left) => {
    expect(remembered(align, started, failedAt, at)).toBe(left);
  });

  it('starts its grid again when it is cleared, if the grid is its own', () => {
    const memory = timeWindow(100, { buckets: 10, align: 'first-tick' }).start(0, 2);
    memory.clear(5);
    memory.count(6);
    memory.roll(104.9);
    expect(memory.sums[CALLS]).toBe(1);
    memory.roll(105);
    expect(memory.sums[CALLS]).toBe(0);
  });

  it.each([
    ['a length of 0', () => timeWindow(0), 'timeWindow must be a number of milliseconds greater than 0, got 0'],
    ['NaN', () => timeWindow(Number.NaN), 'timeWindow must be a number of milliseconds greater than 0, got NaN'],
    [
      'a string',
      () => timeWindow('10s' as never),
      "timeWindow must be a number of milliseconds greater than 0, got '10s'",
    ],
    [
      'no buckets',
      () => timeWindow(9, { buckets: 0 }),
      'timeWindow buckets must be a whole number of at least 1, got 0',
    ],
    [
      'an alignment of its own',
      () => timeWindow(9, { align: 'now' as never }),
      "timeWindow align must be one of 'epoch', 'first', 'first-tick', got 'now'",
    ],
    [
      'an unknown option',
      () => timeWindow(9, { slices: 3 } as never),
      "timeWindow has no option 'slices'; it takes buckets, align",
    ],
  ])('refuses %s, naming option, value and rule', (_value, make, message) => {
    expect(make).toThrow(message);
  });
});
