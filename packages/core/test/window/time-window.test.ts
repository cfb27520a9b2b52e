import { describe, expect, it } from 'vitest';
import { failureCount } from '../../src/index.ts';
import { timeWindow } from '../../src/window/time-window.ts';
import { CALLS, FAILURES } from '../../src/window/window.ts';
import { observed } from '../breaker/breakers.ts';

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

  it('restarts its grid when it is cleared, if the grid is its own', () => {
    const memory = timeWindow(100, { buckets: 10, align: 'first-tick' }).start(0, 2);
    memory.count(1);
    memory.clear(5);
    memory.count(6);
    memory.roll(104.9);
    expect(memory.sums[CALLS]).toBe(1);
    memory.roll(105);
    expect(memory.sums[CALLS]).toBe(0);
  });

  it.each<[rule: string, align: 'epoch' | 'first' | 'first-tick', buckets: number, calls: number[], until: number]>([
    ['epoch: the end of the slice', 'epoch', 10, [19], 20],
    ['first: the end of the slice that its first call began', 'first', 10, [19], 29],
    ['first: sooner where the oldest slice is forgotten sooner', 'first', 2, [19, 70, 105], 119],
    ['first-tick: the end of the slice, counted from the start', 'first-tick', 10, [19], 23],
  ])('may change by time alone no sooner than at %s', (_rule, align, buckets, calls, until) => {
    const memory = timeWindow(100, { buckets, align }).start(3, 2);
    for (const at of calls) memory.count(at);
    memory.roll(calls.at(-1) as number);
    expect(memory.until).toBe(until);
  });

  it.each([
    ['epoch', 1_110],
    ['first', 1_119],
    ['first-tick', 1_113],
  ] as const)('%s: forgets by its grid in a breaker made before the first call', (align, gone) => {
    const { breaker, clock } = observed({ openWhen: failureCount(9), window: timeWindow(100, { align }) }, 1_003);
    clock.advance(16);
    breaker.acquire().settle('failure');
    clock.advance(gone - 0.5 - clock.now());
    expect(breaker.metrics().failures).toBe(1);
    clock.advance(0.5);
    expect(breaker.metrics().failures).toBe(0);
  });

  it('starts before its first call only if its grid starts with the breaker', () => {
    const anchored = (align: 'epoch' | 'first' | 'first-tick') => timeWindow(100, { align }).anchored === true;
    expect([anchored('epoch'), anchored('first'), anchored('first-tick')]).toEqual([false, false, true]);
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
