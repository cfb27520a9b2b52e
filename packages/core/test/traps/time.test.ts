import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  consecutiveFailures,
  createBreaker,
  exponential,
  failureCount,
  fixed,
  latencyPercentile,
  slowCallRate,
  timeWindow,
  tumblingWindow,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { fail, observed } from '../breaker/breakers.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('time', () => {
  // Others: the wall clock is set back by an hour, and the circuit stays open for an hour longer.
  it.each([
    ['back', -HOUR],
    ['on', HOUR],
  ])('goes on as before when the wall clock is set %s', (_where, by) => {
    let now = 5_000;
    let wall = Date.UTC(2026, 0, 1);
    vi.stubGlobal('performance', { now: () => now });
    vi.spyOn(Date, 'now').mockImplementation(() => wall);
    const breaker = createBreaker({ name: 'payments', openFor: fixed(1_000) });
    breaker.trip();
    wall += by;
    expect(breaker.retryAfter).toBe(1_000);
    now += 999;
    expect(breaker.state).toBe('open');
    now += 1;
    expect(breaker.state).toBe('half-open');
  });

  it.each<[what: string, wall: (() => number) | undefined]>([
    ['has none', undefined],
    [
      'throws',
      () => {
        throw new Error('no date');
      },
    ],
    ['gives no number', () => Number.NaN],
  ])('of day is the runtime’s if a clock %s: it is only shown, so it is no fault', (_what, wall) => {
    vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 1));
    const { breaker } = observed({ clock: { now: () => 5_000, ...(wall && { wall }) } });
    expect(breaker.clock.wall?.()).toBe(Date.UTC(2026, 0, 1));
    expect(breaker.metrics().errors).toBe(0);
  });

  // If the runtime has only a wall clock, time may stand still, but it must not go backwards.
  it('stands still, if there is only a wall clock, until that has caught up after being set back', () => {
    let wall = Date.UTC(2026, 0, 1);
    vi.stubGlobal('performance', undefined);
    vi.spyOn(Date, 'now').mockImplementation(() => wall);
    const breaker = createBreaker({ name: 'payments', openFor: fixed(1_000) });
    breaker.trip();
    wall -= 400;
    expect(breaker.retryAfter).toBe(1_000);
    wall += 400 + 1_000;
    expect(breaker.state).toBe('half-open');
  });

  // Others: a timer of more than 2³¹ − 1 ms fires at once, and what was to be open for a month is half-open a moment later.
  it.each([
    ['fixed', { openFor: fixed(30 * DAY) }, undefined],
    ['exponential', { openFor: exponential(30 * DAY, { max: 60 * DAY, jitter: 'none' }) }, undefined],
    ['by hand', {}, 30 * DAY],
  ])('to stay open may be a month: %s', (_how, options, forMs) => {
    const { breaker, clock } = observed(options);
    breaker.trip(forMs);
    clock.advance(30 * DAY - 1);
    expect(breaker.state).toBe('open');
    clock.advance(1);
    expect(breaker.state).toBe('half-open');
  });

  // Others: two timers for each breaker keep the process alive, belong to one request of a Worker, and cost while idle.
  it('needs no timer, from the first call to the last move', async () => {
    const scheduled = (['setTimeout', 'setInterval', 'setImmediate'] as const).map((name) =>
      vi.spyOn(globalThis, name),
    );
    for (const window of [timeWindow(1_000), timeWindow(1_000, { align: 'first-tick' }), tumblingWindow(1_000)]) {
      const { breaker, clock, moves } = observed({ window });
      await fail(breaker);
      await fail(breaker);
      clock.advance(1_000);
      const hanging = breaker.acquire();
      clock.advance(30_000);
      breaker.acquire().settle('success');
      breaker.acquire().settle('success');
      hanging.settle('failure');
      expect(moves()).toHaveLength(3);
    }
    for (const spy of scheduled) expect(spy).not.toHaveBeenCalled();
  });

  // Others: a breaker made while a Worker loads stamps its window with 0, and the first request finds it 50 years old.
  it.each([timeWindow(10_000), timeWindow(10_000, { align: 'first-tick' }), tumblingWindow(10_000)])(
    'may stand at 0 when a breaker is made and leap to today with the first call: %#',
    async (window) => {
      const clock = manualClock(0);
      const breaker = createBreaker({
        name: 'payments',
        clock,
        window,
        openWhen: failureCount(2),
        openFor: fixed(1_000),
      });
      clock.advance(Date.UTC(2026, 0, 1));
      await fail(breaker);
      expect(breaker.metrics().failures).toBe(1);
      await fail(breaker);
      expect(breaker.retryAfter).toBe(1_000);
    },
  );

  // Others: if the clock moves only with I/O, calls without a duration lead to a division by 0, and waits never end.
  it('may stand still: failures open, no call is slow, and the wait is over when it moves', async () => {
    const { breaker, clock } = observed({ openWhen: consecutiveFailures(3) });
    for (let call = 0; call < 3; call++) await fail(breaker);
    expect(breaker.state).toBe('open');
    for (let asked = 0; asked < 3; asked++) expect(breaker.tryAcquire()).toBeUndefined();
    expect(breaker.retryAfter).toBe(1_000);
    clock.advance(1_000);
    expect(breaker.acquire().probe).toBe(true);
    for (const openWhen of [
      slowCallRate(0.1, { slowerThan: 1, minimumCalls: 1 }),
      latencyPercentile(0.5, 1.5, { minimumCalls: 1 }),
    ]) {
      const quick = observed({ openWhen }).breaker;
      for (let call = 0; call < 5; call++) await quick.run(() => 'at once');
      expect(quick.state).toBe('closed');
    }
  });
});
