import { describe, expect, it } from 'vitest';
import { afterFailure, afterSuccess, cut, type Limit, limitOf } from '../../src/adaptive/limit.ts';
import { present } from './present-vitals.ts';

/** The limit after this many successes, each time reached. */
function after(successes: number, from: Limit, latency: number = 20): Limit {
  let limit = from;
  for (let call = 0; call < successes; call++) {
    limit = afterSuccess(limit, present({ latency, load: Math.floor(limit.calls) - 1 }), call);
  }
  return limit;
}

describe('a limit that is reached', () => {
  it('grows by one with each success up to the ceiling: it doubles each round', () => {
    expect(after(1, limitOf(1, Infinity)).calls).toBe(2);
    expect(after(8, limitOf(8, Infinity)).calls).toBe(16);
  });

  it('grows by one each round beyond it', () => {
    expect(after(1, limitOf(10, 10)).calls).toBeCloseTo(10.1, 12);
    expect(after(10, limitOf(10, 10)).calls).toBeCloseTo(11, 1);
  });

  it('grows slowly as soon as calls take twice as long as normally', () => {
    expect(after(1, limitOf(10, Infinity), 39.9).calls).toBe(11);
    expect(after(1, limitOf(10, Infinity), 40).calls).toBeCloseTo(10.1, 12);
  });
});

it('a limit that is not reached does not grow with a success', () => {
  const limit = limitOf(10.9, Infinity);
  expect(afterSuccess(limit, present({ load: 8 }), 0).calls).toBe(10.9);
  expect(afterSuccess(limit, present({ load: 9 }), 0).calls).toBe(11.9);
});

describe('after too many failures', () => {
  it('the limit and its ceiling are half of the calls really under way, and at least one', () => {
    expect(cut({ ...limitOf(40, Infinity), peak: 40 })).toEqual(limitOf(20, 20));
    expect(cut({ ...limitOf(40, Infinity), peak: 10 })).toEqual(limitOf(5, 5));
    expect(cut({ ...limitOf(10, 10), peak: 40 })).toEqual(limitOf(5, 5));
    expect(cut({ ...limitOf(1.5, 3), peak: 1 })).toEqual(limitOf(1, 1));
  });
});

/** Vitals while calls take this long, with a limit of this many calls in full use. */
const slow = (calls: number, latency: number = 100) => present({ latency, load: Math.floor(calls) - 1 });

describe('while calls take more than three times as long as normally', () => {
  it('waits four latencies until the limit has taken effect before it raises it by half', () => {
    const felt = afterSuccess(limitOf(20, 20), slow(20), 1_000);
    expect(felt).toEqual({ ...limitOf(20, 20), next: 1_400 });
    expect(afterSuccess(felt, slow(20), 1_399)).toMatchObject({ raise: undefined });
    expect(afterSuccess(felt, slow(20, 90), 1_400)).toEqual({
      ...limitOf(30, 20),
      raise: { first: 20, before: 20, latency: 90 },
      next: 1_760,
    });
    // Three times as long is not yet slow.
    expect(afterSuccess(limitOf(20, 20), slow(20, 60), 0)).toMatchObject({ next: undefined });
  });

  it('is doubled instead while no limit was ever too high', () => {
    const felt = afterSuccess(limitOf(20, Infinity), slow(20), 1_000);
    expect(felt).toMatchObject({ calls: 20, next: 1_400 });
    expect(afterSuccess(felt, slow(20), 1_400)).toMatchObject({ calls: 40, next: 1_800 });
  });

  it('does not raise a limit that is not reached', () => {
    const felt = { ...limitOf(20, 20), next: 1_000 };
    expect(afterSuccess(felt, slow(19), 1_000)).toBe(felt);
  });

  it('shrinks between raises by the gradient, half a step each round, and by a half of itself at most', () => {
    const shrunk = (latency: number) => afterSuccess({ ...limitOf(20, 20), next: 9_000 }, slow(20, latency), 1).calls;
    expect(shrunk(80)).toBeCloseTo(20 + (Math.sqrt(20) - 0.25 * 20) / 40, 12);
    expect(shrunk(100)).toBeCloseTo(20 + (Math.sqrt(20) - 0.4 * 20) / 40, 12);
    expect(shrunk(10_000)).toBeCloseTo(20 + (Math.sqrt(20) - 0.5 * 20) / 40, 12);
  });

  it('is at least four, because with fewer calls it is not the load', () => {
    expect(afterSuccess({ ...limitOf(2, 2), next: 9_000 }, slow(2), 1).calls).toBe(4);
    expect(afterSuccess({ ...limitOf(4, 4), next: 9_000 }, slow(4, 10_000), 1).calls).toBe(4);
    // While none was ever too high it grows there as if calls were quick.
    expect(afterSuccess(limitOf(2, Infinity), slow(2), 1)).toEqual(limitOf(3, Infinity));
    expect(afterSuccess(limitOf(3.99, Infinity), slow(3), 1)).toEqual(limitOf(4.99, Infinity));
    expect(afterSuccess(limitOf(4, Infinity), slow(4), 1)).toMatchObject({ calls: 4, next: 401 });
  });

  it('grows again as soon as calls are quick, and forgets the raise', () => {
    const limit = { ...limitOf(12, Infinity), raise: { first: 8, before: 8, latency: 100 }, next: 500, usual: 100 };
    expect(afterSuccess(limit, present({ load: 11 }), 1)).toEqual(limitOf(13, Infinity));
  });

  it('grows by one each round while calls take two to three times as long as normally', () => {
    expect(after(1, limitOf(10, Infinity), 59.9)).toMatchObject({ calls: 10.1, next: undefined });
    expect(afterSuccess(limitOf(10.9, Infinity), present({ latency: 50, load: 8 }), 0).calls).toBe(10.9);
  });
});

describe('a raised limit', () => {
  const raised = { ...limitOf(30, 40), raise: { first: 20, before: 20, latency: 100 }, next: 1_000 };

  it('neither shrinks nor grows until it is judged', () => {
    expect(afterSuccess(raised, slow(30), 999)).toBe(raised);
  });

  it('takes another step if calls take up to 1.3 times as long as before', () => {
    expect(afterSuccess(raised, slow(30, 130), 1_000)).toEqual({
      ...limitOf(45, 40),
      // Compared with the beginning, so that many small steps do not add up unnoticed.
      raise: { first: 20, before: 30, latency: 100 },
      next: 1_520,
    });
  });

  it('goes back to before the last step if they take longer; the next raise waits for twenty latencies', () => {
    const second = { ...raised, raise: { first: 20, before: 25, latency: 100 } };
    expect(afterSuccess(second, slow(30, 131), 1_000)).toEqual({ ...limitOf(25, 25), next: 3_000 });
  });

  it('goes back at once if a call fails that took longer than that: it has waited in the queue', () => {
    expect(afterFailure(raised, 131, 700)).toEqual({ ...limitOf(20, 20), next: 2_700 });
    expect(afterFailure(raised, 130, 700)).toBe(raised);
    expect(afterFailure(limitOf(30, 40), 1e6, 700)).toEqual(limitOf(30, 40));
  });

  it('shows what calls take whatever their number once four times as many are no slower', () => {
    const step = (calls: number) =>
      afterSuccess({ ...raised, calls, raise: { first: 20, before: 50, latency: 100 } }, slow(calls, 110), 1_000);
    expect(step(79).usual).toBe(0);
    expect(step(80).usual).toBe(100);
  });

  it('grows freely from then on, up to 1.3 times the usual latency, and forgets it when calls are quick', () => {
    const limit = { ...limitOf(80, Infinity), usual: 100, next: 500 };
    expect(afterSuccess(limit, slow(80, 129), 1)).toEqual({ ...limitOf(81, Infinity), usual: 100 });
    expect(afterSuccess(limit, slow(80, 130), 600)).toMatchObject({ calls: 160, raise: { first: 80 } });
    expect(afterSuccess(limit, slow(80, 20), 1)).toEqual(limitOf(81, Infinity));
  });
});
