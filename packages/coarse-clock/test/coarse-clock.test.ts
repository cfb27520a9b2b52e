import { createBreaker, probes } from '@switchgear/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { coarseClock } from '../src/index.ts';

let resolution = 10;

beforeEach(() => {
  vi.useFakeTimers();
  // Clocks of one resolution are one clock, so each test has its own.
  resolution++;
});

afterEach(() => {
  vi.advanceTimersByTime(10_000);
  vi.useRealTimers();
});

it('time stands still within a step and goes on with the next', () => {
  const { now } = coarseClock({ resolution });
  const start = now();
  vi.advanceTimersByTime(resolution - 1);
  expect(now()).toBe(start);
  vi.advanceTimersByTime(1);
  expect(now()).toBe(start + resolution);
});

it('clocks of one resolution share one timer, others have their own', () => {
  const clocks = [coarseClock({ resolution }), coarseClock({ resolution }), coarseClock({ resolution: 500 })];
  expect(vi.getTimerCount()).toBe(0);
  const [first, second] = clocks.map(({ now }) => now());
  expect(second).toBe(first);
  expect(vi.getTimerCount()).toBe(2);
});

it('the timer stops half a second after the last reading', () => {
  const { now } = coarseClock({ resolution });
  now();
  vi.advanceTimersByTime(400);
  now();
  vi.advanceTimersByTime(400);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(200);
  expect(vi.getTimerCount()).toBe(0);
});

it('the first reading after a rest is exact, and the timer runs again', () => {
  const { now } = coarseClock({ resolution });
  const start = now();
  vi.advanceTimersByTime(60_003);
  expect(now()).toBe(start + 60_003);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(resolution);
  expect(now()).toBe(start + 60_003 + resolution);
});

it('regular readings keep the timer running', () => {
  const { now } = coarseClock({ resolution });
  for (let i = 0; i < 100; i++) {
    now();
    vi.advanceTimersByTime(100);
  }
  expect(vi.getTimerCount()).toBe(1);
});

it('the breaker can read its resolution', () => {
  expect(coarseClock({ resolution })).toEqual({ now: expect.any(Function), resolution });
  expect(coarseClock().resolution).toBe(20);
});

it('a breaker with it opens, refuses and recovers', async () => {
  const breaker = createBreaker({
    name: 'x',
    clock: coarseClock({ resolution }),
    recover: probes({ permitted: 1, successes: 2 }),
  });
  breaker.trip(1_000);
  expect(breaker.tryAcquire()).toBeUndefined();
  vi.advanceTimersByTime(1_000 + resolution);
  expect(breaker.state).toBe('half-open');
  for (const answer of [1, 2]) expect(await breaker.run(() => answer)).toBe(answer);
  expect(breaker.state).toBe('closed');
});

it.each([
  [{ resolution: 0 }, RangeError, 'coarseClock resolution must be a number from 1 to 1000, got 0'],
  [{ resolution: 1_001 }, RangeError, 'coarseClock resolution must be a number from 1 to 1000, got 1001'],
  [{ resolution: Number.NaN }, RangeError, 'coarseClock resolution must be a number from 1 to 1000, got NaN'],
  [{ resolution: '20' }, TypeError, "coarseClock resolution must be a number from 1 to 1000, got '20'"],
  [{ resolutoin: 20 }, TypeError, "coarseClock has no option 'resolutoin'; it takes resolution"],
  [null, TypeError, 'coarseClock must be an object, got null'],
  ['20', TypeError, "coarseClock must be an object, got '20'"],
])('%o is refused with the option, the rule and the value', (options, Refusal, message) => {
  const make = () => coarseClock(options as object);
  expect(make).toThrow(Refusal);
  expect(make).toThrow(message);
});
