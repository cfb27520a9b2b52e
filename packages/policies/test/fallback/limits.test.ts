import { consecutiveFailures, createBreaker } from '@switchgear/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  alternative,
  cached,
  degraded,
  type FallbackError,
  type FallbackStep,
  fallback,
  isTimeout,
  value,
} from '../../src/index.ts';
import { deferred, rejection } from '../setup/deferred.ts';

const DOWN = new Error('down');
const down = (): Promise<never> => Promise.reject(DOWN);
const hang = (): Promise<never> => new Promise(() => undefined);

beforeEach(() => void vi.useFakeTimers());
afterEach(async () => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const backup = () => createBreaker({ name: 'backup', openWhen: consecutiveFailures(1) });
const hanging: readonly (readonly [what: string, step: (limit?: number) => FallbackStep<unknown>])[] = [
  ['cached', (limit) => cached({ maxAge: 1, key: 'k', store: { get: hang, set: hang }, ...(limit && { limit }) })],
  ['degraded', (limit) => degraded(hang, limit ? { limit } : {})],
  ['alternative', (limit) => alternative(hang, { breaker: backup(), ...(limit && { limit }) })],
  ['a step of the user’s own', (limit) => ({ servedBy: 'degraded', answer: hang, ...(limit && { limit }) })],
];

describe('each step of a chain has a limit: the next is asked when it is over,', () => {
  it.each(hanging)('a second by default: %s', async (_what, step) => {
    const served = fallback([step(), value('next')]).run(down);
    await expectServed(served, 1_000);
  });

  it.each(hanging)('that of the chain: %s', async (_what, step) => {
    await expectServed(fallback([step(), value('next')], { limit: 200 }).run(down), 200);
  });

  it.each(hanging)('that of its own: %s', async (_what, step) => {
    await expectServed(fallback([step(50), value('next')], { limit: 200 }).run(down), 50);
  });

  it('and a chain in which all hang ends with the error of the call, and theirs', async () => {
    const ending = rejection(fallback(hanging.map(([, step]) => step(10))).run(down));
    await vi.advanceTimersByTimeAsync(40);
    const { cause, errors } = (await ending) as FallbackError;
    expect(cause).toBe(DOWN);
    expect(errors.map(isTimeout)).toEqual([true, true, true, true]);
  });

  async function expectServed(served: Promise<unknown>, ms: number): Promise<void> {
    let ended = false;
    void served.then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await served).toMatchObject({ value: 'next', servedBy: 'value', cause: DOWN });
  }
});

describe('a step whose time is over', () => {
  it('sees its signal abort, and a later answer is dropped', async () => {
    const late = deferred();
    const signals: AbortSignal[] = [];
    const chain = fallback([
      degraded(
        (_error, { signal }) => {
          signals.push(signal);
          return late.promise;
        },
        { limit: 10 },
      ),
      value('next'),
    ]);
    const served = chain.run(down);
    await vi.advanceTimersByTimeAsync(10);
    expect(await served).toMatchObject({ value: 'next' });
    expect(signals.map(({ reason }) => isTimeout(reason))).toEqual([true]);
    late.reject(new Error('too late'));
    await vi.advanceTimersByTimeAsync(0);
    expect(chain.served).toMatchObject({ degraded: 0, value: 1 });
  });

  it('is a failure of kind timeout for the breaker of an alternative, although the work continues', async () => {
    const breaker = backup();
    const kinds: unknown[] = [];
    breaker.subscribe(({ kind }) => kinds.push(kind), { outcomes: true });
    const served = fallback([alternative(hang, { breaker, limit: 10 }), value('next')]).run(down);
    await vi.advanceTimersByTimeAsync(10);
    await served;
    expect(kinds).toContain('timeout');
    expect(breaker.state).toBe('open');
  });

  it('starts no timer where it answers at once', async () => {
    const chain = fallback([cached({ maxAge: 1, key: 'k' }), degraded(() => 'at once')]);
    const served = chain.run(down);
    expect(vi.getTimerCount()).toBe(0);
    expect(await served).toMatchObject({ value: 'at once' });
  });

  it('asks no further step if the caller has given up meanwhile', async () => {
    const caller = new AbortController();
    const next = vi.fn();
    const chain = fallback([degraded(hang, { limit: 10 }), degraded(next)]);
    const served = rejection(chain.run(down, { signal: caller.signal }));
    await vi.advanceTimersByTimeAsync(5);
    caller.abort();
    await vi.advanceTimersByTimeAsync(5);
    expect(await served).toBe(DOWN);
    expect(next).not.toHaveBeenCalled();
  });
});

describe('a chain made with', () => {
  it.each([
    [{ limit: 0 }, 'limit must be a number of milliseconds greater than 0'],
    [{ limit: Infinity }, 'and at most 2147483647, got Infinity'],
    [{ onError: 'log' }, "onError must be a function, got 'log'"],
    [{ wen: () => true }, "fallback has no option 'wen'"],
  ])('%j is refused', (options, message) => {
    expect(() => fallback([value(0)], options as never)).toThrow(message);
  });

  it.each([
    ['cached', () => cached({ maxAge: 1, limit: 0 })],
    ['degraded', () => degraded(() => 1, { limit: -1 })],
    ['alternative', () => alternative(() => 1, { breaker: backup(), limit: Number.NaN })],
    ['a step of the user’s own', () => fallback([{ servedBy: 'skip', limit: 0, answer: () => undefined }])],
  ])('%s with an invalid limit is refused', (_what, make) => {
    expect(make).toThrow('limit must be a number of milliseconds greater than 0');
  });
});
