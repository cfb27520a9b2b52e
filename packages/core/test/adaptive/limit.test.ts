import { describe, expect, it } from 'vitest';
import { afterSuccess, cut, type Limit, limitOf } from '../../src/adaptive/limit.ts';
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

describe('while calls take more than three times as long as normally', () => {
  const slow = (load: number, latency: number = 100) => present({ latency, load });

  it('it waits four latencies until it has taken effect, and then looks at the latency', () => {
    const felt = afterSuccess(limitOf(20, Infinity), slow(19), 1_000);
    expect(felt).toMatchObject({ calls: 20, slowAt: { calls: 20, latency: undefined, until: 1_400 } });
    expect(afterSuccess(felt, slow(19), 1_399)).toBe(felt);
    const looked = afterSuccess(felt, slow(19, 90), 1_400);
    expect(looked).toMatchObject({ calls: 20, slowAt: { calls: 20, latency: 90, until: 1_760 } });
    expect(afterSuccess(looked, slow(19), 1_401).calls).toBeLessThan(20);
    // Three times as long is not yet slow.
    expect(afterSuccess(limitOf(20, Infinity), present({ latency: 60, load: 19 }), 0)).toMatchObject({
      slowAt: undefined,
    });
  });

  it('it shrinks by the gradient, half a step each round, and by a half of itself at most', () => {
    const shrunk = (latency: number) =>
      afterSuccess({ ...limitOf(20, 20), slowAt: { calls: 20, latency, until: 0 } }, slow(19, latency), 1);
    expect(shrunk(80).calls).toBeCloseTo(20 + (Math.sqrt(20) - 0.25 * 20) / 40, 12);
    expect(shrunk(100).calls).toBeCloseTo(20 + (Math.sqrt(20) - 0.4 * 20) / 40, 12);
    expect(shrunk(10_000).calls).toBeCloseTo(20 + (Math.sqrt(20) - 0.5 * 20) / 40, 12);
  });

  it('it grows again as soon as they are quick', () => {
    const limit = { ...limitOf(12, Infinity), slowAt: { calls: 20, latency: 100, until: 0 } };
    expect(afterSuccess(limit, present({ load: 11 }), 1)).toEqual({ ...limitOf(13, Infinity) });
  });

  it('it accepts the latency as normal if two fifths fewer calls are not a fifth quicker', () => {
    const limit = { ...limitOf(12, 20), slowAt: { calls: 20, latency: 100, until: 0 } };
    expect(afterSuccess(limit, slow(11, 81), 1)).toEqual({ ...limitOf(20, 20), acceptLatency: true });
    const quicker = afterSuccess(limit, slow(11, 80), 1);
    expect(quicker).toEqual({ ...limitOf(12, 20), slowAt: { calls: 12, latency: 80, until: 321 } });
    expect(afterSuccess({ ...limit, calls: 12.1 }, slow(11), 1).acceptLatency).toBeUndefined();
  });

  it('it also accepts it if the limit stops shrinking: after half a minute, or twenty latencies', () => {
    const as = (latency: number) => ({ ...limitOf(15, 20), slowAt: { calls: 20, latency, until: 1_000 } });
    expect(afterSuccess(as(100), slow(14), 30_999).acceptLatency).toBeUndefined();
    expect(afterSuccess(as(100), slow(14), 31_000)).toMatchObject({ calls: 20, acceptLatency: true });
    expect(afterSuccess(as(3_000), slow(14, 3_000), 60_999).acceptLatency).toBeUndefined();
    expect(afterSuccess(as(3_000), slow(14, 3_000), 61_000).acceptLatency).toBe(true);
    // Unless they have become quicker meanwhile: then it looks again.
    expect(afterSuccess(as(100), slow(14, 80), 31_000)).toMatchObject({ slowAt: { calls: 15, latency: 80 } });
  });

  it('below four the load is not the cause: the limit grows slowly', () => {
    expect(afterSuccess(limitOf(2, Infinity), slow(0), 1).calls).toBeCloseTo(2.05, 12);
    expect(afterSuccess(limitOf(3.99, Infinity), slow(0), 1).calls).toBeGreaterThan(4);
    expect(afterSuccess(limitOf(4, Infinity), slow(0), 1).calls).toBe(4);
  });

  it('below four the latency is accepted after half a minute, because a cold cache would be warm by then', () => {
    const first = afterSuccess(limitOf(2, Infinity), slow(0), 1_000);
    expect(first).toMatchObject({ slowAt: { calls: 2, latency: 100, until: 1_400 } });
    expect(afterSuccess(first, slow(0), 31_399).acceptLatency).toBeUndefined();
    expect(afterSuccess(first, slow(0), 31_400)).toMatchObject({ slowAt: undefined, acceptLatency: true });
    // Unless they have become quicker meanwhile, wherever the limit stood when they were looked at.
    const shrunk = { ...limitOf(3.9, 5), slowAt: { calls: 5, latency: 100, until: 0 } };
    expect(afterSuccess(shrunk, slow(0, 70), 30_000).acceptLatency).toBeUndefined();
  });
});
