import { consecutiveFailures, createBreaker } from '@switchgear/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isTimeout, TimeoutError, timeout } from '../../src/index.ts';
import { deferred, rejection } from '../setup/deferred.ts';
import { watchedSignal } from '../setup/watched-signal.ts';

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] }),
);
afterEach(async () => {
  // The timer finds its lists empty at its next check.
  await vi.advanceTimersByTimeAsync(100);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const never = (): Promise<never> => new Promise(() => undefined);

describe('a time limit', () => {
  it.each([
    ['a value', () => 'fine', 'fine'],
    ['undefined', () => undefined, undefined],
    ['the value of a promise', async () => 7, 7],
  ])('passes %s through', async (_what, call, value) => {
    expect(await timeout(100).run<unknown>(call)).toBe(value);
  });

  it('passes the very error through, thrown or rejected with', async () => {
    const error = { not: 'even an Error' };
    const thrown = timeout(100).run(() => {
      throw error;
    });
    expect(await rejection(thrown)).toBe(error);
    expect(await rejection(timeout(100).run(() => Promise.reject(error)))).toBe(error);
  });

  it.each([20, 320, 3_000])(
    'of %i ms gives a call up in its time: never early, and late by a sixteenth or 50 ms at most',
    async (ms) => {
      const limit = timeout(ms);
      // Begun between two looks of the timer, where most calls begin.
      const company = limit.run(never).catch(() => undefined);
      await vi.advanceTimersByTimeAsync(ms / 100);
      const begun = performance.now();
      let over = 0;
      const call = rejection(limit.run(never)).then((error) => {
        over = performance.now();
        return error;
      });
      await vi.advanceTimersByTimeAsync(ms * 1.5);
      expect(await call).toBeInstanceOf(TimeoutError);
      expect(over - begun).toBeGreaterThanOrEqual(ms);
      expect(over - begun).toBeLessThanOrEqual(ms + Math.max(2, Math.min(50, ms / 16)));
      await company;
    },
  );

  it('says in its error who it is and what the limit was', async () => {
    const call = rejection(timeout(50).run(never));
    await vi.advanceTimersByTimeAsync(60);
    const error = (await call) as TimeoutError;
    expect(error).toMatchObject({
      name: 'TimeoutError',
      code: 'ETIMEDOUT',
      limit: 50,
      message: 'No answer within 50 ms',
    });
    expect(error.stack).not.toContain('at ');
    expect(isTimeout(new Error('of a client', { cause: error }))).toBe(true);
    expect(isTimeout(Object.assign(new Error('of a socket'), { code: 'ETIMEDOUT' }))).toBe(false);
  });

  it('counts the work that continues after it, until it really ends', async () => {
    const limit = timeout(50);
    const work = deferred();
    const call = rejection(limit.run(() => work.promise));
    await vi.advanceTimersByTimeAsync(60);
    const { ended } = (await call) as TimeoutError;
    expect(limit.abandoned).toBe(1);
    work.reject(new Error('too late'));
    await ended;
    expect(limit.abandoned).toBe(0);
  });

  it('gives each call a signal of its own, and aborts that one alone', async () => {
    const limit = timeout(50);
    const signals: AbortSignal[] = [];
    const begin = () =>
      rejection(
        limit.run(({ signal }) => {
          signals.push(signal);
          return never();
        }),
      );
    const first = begin();
    await vi.advanceTimersByTimeAsync(30);
    const second = begin();
    await vi.advanceTimersByTimeAsync(30);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(signals[0]?.reason).toBe(await first);
    await vi.advanceTimersByTimeAsync(60);
    await second;
  });

  it('passes the abort of a caller on, and the reason', async () => {
    const caller = watchedSignal();
    const call = timeout(50).run(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      { signal: caller.signal },
    );
    caller.abort('changed my mind');
    expect(await rejection(call)).toBe('changed my mind');
  });

  it('makes no call whose caller has given up already', async () => {
    const call = vi.fn();
    expect(await rejection(timeout(50).run(call, { signal: AbortSignal.abort('no') }))).toBe('no');
    expect(call).not.toHaveBeenCalled();
  });

  it.each(['that succeeds', 'that fails', 'that is abandoned'])(
    'leaves no listener on a long-lived signal after a call %s',
    async (how) => {
      const caller = watchedSignal();
      const work = [deferred(), deferred()] as const;
      const calls = work.map(({ promise }) =>
        timeout(50)
          .run(({ signal }) => (signal.aborted ? 'gone' : promise), { signal: caller.signal })
          .catch(() => undefined),
      );
      // However many calls follow it, it has one listener.
      expect(caller.listeners).toBe(1);
      for (const each of work) {
        if (how === 'that succeeds') each.resolve('fine');
        else if (how === 'that fails') each.reject('down');
      }
      await vi.advanceTimersByTimeAsync(60);
      await Promise.all(calls);
      expect(caller.listeners).toBe(0);
    },
  );

  it('keeps the caller in the async stack of an error', async () => {
    async function checkout(): Promise<void> {
      await timeout(100).run(async () => {
        await Promise.resolve();
        throw new Error('down');
      });
    }
    const error = (await rejection(checkout())) as Error;
    expect(error.stack).toContain('checkout');
  });

  it('is for a breaker around it a failure of kind timeout, and judged when the time is over', async () => {
    const breaker = createBreaker({ name: 'slow', openWhen: consecutiveFailures(1) });
    const kinds: unknown[] = [];
    breaker.subscribe(({ kind }) => kinds.push(kind), { outcomes: true });
    const call = rejection(breaker.run(() => timeout(50).run(never)));
    await vi.advanceTimersByTimeAsync(60);
    expect(isTimeout(await call)).toBe(true);
    expect(kinds).toContain('timeout');
    expect(breaker.state).toBe('open');
  });

  it('takes no call for late because this process was busy: what has arrived is read first', async () => {
    const limit = timeout(320);
    const work = deferred();
    const call = limit.run(() => work.promise);
    await vi.advanceTimersByTimeAsync(15);
    // The process does something else for a second, then its timers run, then it reads what has arrived.
    vi.setSystemTime(Date.now());
    const real = performance.now;
    performance.now = () => real.call(performance) + 1_000;
    try {
      await vi.advanceTimersByTimeAsync(10);
      work.resolve('had been here for long');
      expect(await call).toBe('had been here for long');
    } finally {
      performance.now = real;
    }
  });

  it.each([
    [0, 'RangeError', 'timeout must be a number of milliseconds greater than 0 and at most 2147483647, got 0'],
    [2 ** 31, 'RangeError', 'got 2147483648'],
    [Number.NaN, 'RangeError', 'got NaN'],
    ['5', 'TypeError', "got '5'"],
    [undefined, 'TypeError', 'got undefined'],
  ])('of %s is refused when it is made', (ms, name, message) => {
    expect(() => timeout(ms as number)).toThrow(
      expect.objectContaining({ name, message: expect.stringContaining(message) }),
    );
  });
});
