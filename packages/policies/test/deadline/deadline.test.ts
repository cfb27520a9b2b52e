import { consecutiveFailures, createBreaker } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Deadline,
  DeadlineError,
  deadline,
  deadlineHeaders,
  deadlineIn,
  isDeadline,
  readDeadline,
  refusedBelow,
  timeout,
} from '../../src/index.ts';
import { deferred, rejection } from '../setup/deferred.ts';

const never = (): Promise<never> => new Promise(() => undefined);

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] }),
);
afterEach(async () => {
  await vi.advanceTimersByTimeAsync(100);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('a deadline', () => {
  it('says what is left of it, and never less than nothing', () => {
    const clock = manualClock();
    const end = deadlineIn(500, clock);
    clock.advance(200);
    expect(end.remaining()).toBe(300);
    clock.advance(400);
    expect(end.remaining()).toBe(0);
  });

  it('ends a call when the caller no longer waits, whatever is inside, and aborts it', async () => {
    let signal: AbortSignal | undefined;
    const inTime = deadline();
    const call = rejection(
      inTime.run(
        (context) => {
          signal = context.signal;
          return timeout(10_000).run(never);
        },
        { deadline: deadlineIn(200) },
      ),
    );
    await vi.advanceTimersByTimeAsync(199);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    const error = await call;
    expect(error).toMatchObject({ name: 'DeadlineError', code: 'EDEADLINE', made: true });
    expect(isDeadline(new Error('wrapped', { cause: error }))).toBe(true);
    expect(signal?.reason).toBe(error);
    expect(inTime.abandoned).toBe(1);
    await vi.advanceTimersByTimeAsync(10_500);
    expect(inTime.abandoned).toBe(0);
  });

  it('makes no call after the deadline has passed', async () => {
    const call = vi.fn();
    const error = await rejection(deadline({ keep: 50 }).run(call, { deadline: deadlineIn(50) }));
    expect(error).toBeInstanceOf(DeadlineError);
    expect(error).toMatchObject({ made: false });
    expect(call).not.toHaveBeenCalled();
  });

  it.each([
    ['its own limit, for a caller without one', { limit: 300 }, undefined, 300],
    ['its own limit, for a caller with more time', { limit: 300 }, 900, 300],
    ['the caller’s, if that is shorter', { limit: 900 }, 300, 300],
    ['what is left after what is kept', { limit: 300, keep: 100 }, 900, 200],
  ])('inside is %s', async (_what, options, ms, left) => {
    const seen = await deadline(options).run(({ deadline: inner }) => inner?.remaining(), {
      deadline: ms === undefined ? undefined : deadlineIn(ms),
    });
    expect(seen).toBe(left);
  });

  it('limits nothing without a deadline and without a limit', async () => {
    const work = deferred();
    const call = deadline().run((context) => {
      expect(context.deadline).toBeUndefined();
      return work.promise;
    });
    expect(vi.getTimerCount()).toBe(0);
    work.resolve('whenever');
    expect(await call).toBe('whenever');
  });

  it('that has passed says nothing about the dependency: breakers ignore it', async () => {
    const breaker = createBreaker({ name: 'slow', openWhen: consecutiveFailures(1) });
    const call = deadline().run(
      (context) =>
        breaker.run(
          () =>
            new Promise((_, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason))),
          { signal: context.signal },
        ),
      { deadline: deadlineIn(100) },
    );
    const error = rejection(call);
    await vi.advanceTimersByTimeAsync(100);
    await error;
    const around = rejection(breaker.run(() => deadline({ limit: 100 }).run(never)));
    await vi.advanceTimersByTimeAsync(100);
    await around;
    expect(breaker.metrics()).toMatchObject({ state: 'closed', ignored: 2 });
  });

  it.each([
    [{ limit: 0 }, 'limit must be a number of milliseconds greater than 0'],
    [{ keep: -1 }, 'keep must be a number of at least 0, got -1'],
    [{ after: 5 }, "deadline has no option 'after'; it takes limit, keep"],
  ])('made with %j is refused', (options, message) => {
    expect(() => deadline(options as never)).toThrow(message);
  });
});

describe('a deadline in a header', () => {
  const left = (ms: number): Deadline => ({ remaining: () => ms });

  it.each([
    [480, '480m', '480'],
    [0.4, '0m', '1'],
    [0, '0m', '1'],
    [99_999_999, '99999999m', '99999999'],
    [100_000_000, '100000S', '100000000'],
    [1e13, '2777777H', '10000000000000'],
    [1e18, '99999999H', undefined],
    [Infinity, '99999999H', undefined],
  ])('of %d ms is %s, and %s for Envoy', (ms, text, expected) => {
    expect(deadlineHeaders(left(ms))).toEqual({
      'grpc-timeout': text,
      ...(expected !== undefined && { 'x-envoy-expected-rq-timeout-ms': expected }),
    });
  });

  it('is reduced by what is kept for the way back, and absent without a deadline', () => {
    expect(deadlineHeaders(left(480), 30)).toMatchObject({ 'grpc-timeout': '450m' });
    expect(deadlineHeaders(left(20), 30)).toMatchObject({ 'grpc-timeout': '0m' });
    expect(deadlineHeaders(undefined)).toEqual({});
    expect(deadlineHeaders(left(Number.NaN))).toEqual({});
  });

  it.each([
    ['250m', 250],
    ['2S', 2_000],
    ['1M', 60_000],
    ['1H', 3_600_000],
    ['2000u', 2],
    ['3000000n', 3],
  ])('%s is read as %i ms', (text, ms) => {
    const clock = manualClock();
    expect(readDeadline({ 'grpc-timeout': text }, clock)?.remaining()).toBeCloseTo(ms, 6);
    expect(readDeadline(new Headers({ 'Grpc-Timeout': text }), clock)?.remaining()).toBeCloseTo(ms, 6);
  });

  it.each(['', '5', 'm', '-5m', '1.5S', '123456789m', '5x', '5mm', 'NaNm'])('%j is not a deadline', (text) => {
    expect(readDeadline({ 'grpc-timeout': text })).toBeUndefined();
  });

  it('is undefined without the header, and with several of them', () => {
    expect(readDeadline({})).toBeUndefined();
    expect(readDeadline({ 'grpc-timeout': ['1S', '2S'] })).toBeUndefined();
  });

  it('never grows on its way', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (ms) => {
        const clock = manualClock();
        const read = readDeadline(deadlineHeaders(left(ms)), clock)?.remaining() ?? Infinity;
        expect(read).toBeLessThanOrEqual(ms);
        expect(read).toBeGreaterThan(ms - Math.max(1, ms / 1_000));
      }),
    );
  });
});

describe('a refusal from below', () => {
  it('is ignored above, if the answer says so', () => {
    expect(refusedBelow({ 'x-circuit-breaker': 'open' })).toEqual({ outcome: 'ignored', kind: 'EOPENBREAKER' });
    expect(refusedBelow(new Headers({ 'X-Circuit-Breaker': 'open' }))).toMatchObject({ outcome: 'ignored' });
    expect(refusedBelow({ 'x-circuit-breaker': 'closed' })).toBeUndefined();
    expect(refusedBelow({})).toBeUndefined();
  });
});
