import { consecutiveFailures, createBreaker } from '@switchgear/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BulkheadFullError, bulkhead, isBulkheadFull, timeout } from '../../src/index.ts';
import { type Deferred, deferred, rejection } from '../setup/deferred.ts';
import { watchedSignal } from '../setup/watched-signal.ts';

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] }),
);
afterEach(async () => {
  await vi.advanceTimersByTimeAsync(100);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Lets promises that are settled tell. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('a bulkhead', () => {
  it('admits as many calls as it has slots, refuses the next one at once, and admits another when one has ended', async () => {
    const reports = bulkhead({ concurrent: 2, name: 'reports' });
    const work = [deferred<string>(), deferred<string>()] as const;
    const calls = work.map(({ promise }) => reports.run(() => promise));
    const made = vi.fn();
    const error = await rejection(reports.run(made));
    expect(made).not.toHaveBeenCalled();
    expect(error).toBeInstanceOf(BulkheadFullError);
    expect(error).toMatchObject({
      name: 'BulkheadFullError',
      code: 'EBULKHEADFULL',
      bulkhead: 'reports',
      because: 'full',
      load: { active: 2, waiting: 0 },
      message: 'Bulkhead "reports" is full (2 active, 0 waiting)',
    });
    work[0].resolve('first');
    expect(await calls[0]).toBe('first');
    expect(await reports.run(() => 'third')).toBe('third');
    work[1].reject('down');
    expect(await rejection(calls[1] as Promise<unknown>)).toBe('down');
    expect(reports).toMatchObject({ active: 0, waiting: 0 });
  });

  it('lets callers wait in their order', async () => {
    const { begun, call, works, reports } = onlyOne({ queue: 2 });
    const calls = Promise.allSettled([call('a'), call('b'), call('c')]);
    expect(await rejection(call('d'))).toMatchObject({ because: 'full', load: { active: 1, waiting: 2 } });
    expect(begun).toEqual(['a']);
    works.get('a')?.resolve('fine');
    await settle();
    expect(begun).toEqual(['a', 'b']);
    works.get('b')?.reject('down');
    await settle();
    expect(begun).toEqual(['a', 'b', 'c']);
    works.get('c')?.resolve('fine');
    expect((await calls).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(reports).toMatchObject({ active: 0, waiting: 0 });
  });

  it('lets no later call overtake a waiting one', async () => {
    const { begun, call, works } = onlyOne({ queue: 2 });
    const calls = [call('a'), call('b')];
    works.get('a')?.resolve('fine');
    // In the very moment in which the slot is given back, before it is given on.
    await works.get('a')?.promise;
    calls.push(call('c'));
    await settle();
    expect(begun).toEqual(['a', 'b']);
    for (const name of ['b', 'c']) {
      works.get(name)?.resolve('fine');
      await settle();
    }
    await Promise.all(calls);
  });

  it('refuses a call that has waited for queueFor', async () => {
    const { call, works, begun } = onlyOne({ queue: 1, queueFor: 200 });
    const first = call('a');
    const second = rejection(call('b'));
    await vi.advanceTimersByTimeAsync(250);
    expect(await second).toMatchObject({ because: 'waited' });
    works.get('a')?.resolve('fine');
    await first;
    expect(begun).toEqual(['a']);
  });

  it('removes the call of a caller who gives up from the queue, and does not make it', async () => {
    const caller = watchedSignal();
    const { call, works, begun, reports } = onlyOne({ queue: 2 });
    const first = call('a');
    const second = call('b', caller.signal);
    const third = rejection(call('c', caller.signal));
    expect(caller.listeners).toBe(1);
    works.get('a')?.resolve('fine');
    await settle();
    caller.abort('bored');
    expect(await third).toBe('bored');
    expect(caller.listeners).toBe(0);
    expect(reports).toMatchObject({ active: 1, waiting: 0 });
    works.get('b')?.resolve('fine');
    await Promise.all([first, second]);
    expect(await rejection(call('d', caller.signal))).toBe('bored');
    expect(begun).toEqual(['a', 'b']);
  });

  it('keeps the slot of work that a time limit gave up until it has really ended', async () => {
    const reports = bulkhead({ concurrent: 1 });
    const breaker = createBreaker({ name: 'reports' });
    const work = deferred();
    const limit = timeout(50);
    const call = rejection(reports.run(() => breaker.run(() => limit.run(() => work.promise))));
    await vi.advanceTimersByTimeAsync(60);
    await call;
    expect(reports.active).toBe(1);
    expect(isBulkheadFull(await rejection(reports.run(() => 'fine')))).toBe(true);
    work.resolve('at last');
    await settle();
    expect(reports.active).toBe(0);
  });

  it('gives the slot of a call that never ends to the next after a while, once', async () => {
    const lost = bulkhead({ concurrent: 1, queue: 1, queueFor: 5_000, reclaimAfter: 1_000 });
    const work = deferred();
    const first = lost.run(() => work.promise);
    await vi.advanceTimersByTimeAsync(500);
    const begun: string[] = [];
    const second = lost.run(() => begun.push('waited'));
    await vi.advanceTimersByTimeAsync(500);
    const third = lost.run(() => begun.push('asked'));
    await Promise.all([second, third]);
    expect(begun).toEqual(['waited', 'asked']);
    const fourth = deferred();
    const last = lost.run(() => fourth.promise);
    work.resolve('late');
    await first;
    expect(lost.active).toBe(1);
    fourth.resolve('fine');
    await last;
  });

  it('gives a slot that comes due to a waiting call without another call', async () => {
    const lost = bulkhead({ concurrent: 2, queue: 4, queueFor: 5_000, reclaimAfter: 1_000 });
    const hang = () => new Promise(() => undefined);
    void lost.run(hang);
    await vi.advanceTimersByTimeAsync(400);
    void lost.run(hang);
    const begun: string[] = [];
    const waiting = ['a', 'b', 'c'].map((name) =>
      lost.run(() => {
        begun.push(name);
        return hang();
      }),
    );
    void waiting;
    await vi.advanceTimersByTimeAsync(599);
    expect(begun).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(400);
    expect(begun).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(600);
    expect([begun, lost.active, lost.waiting]).toEqual([['a', 'b', 'c'], 2, 0]);
    // The queue is empty: slots that come due stay with their calls until the next caller reclaims them.
    await vi.advanceTimersByTimeAsync(5_000);
    expect(lost.active).toBe(2);
    expect(await lost.run(() => 'found')).toBe('found');
  });

  it('refuses a call that has waited for queueFor, although a slot comes due later', async () => {
    const lost = bulkhead({ concurrent: 1, queue: 1, queueFor: 200, reclaimAfter: 1_000 });
    void lost.run(() => new Promise(() => undefined));
    const call = rejection(lost.run(() => 'never'));
    await vi.advanceTimersByTimeAsync(250);
    expect(await call).toMatchObject({ because: 'waited', load: { active: 1, waiting: 0 } });
    await vi.advanceTimersByTimeAsync(1_000);
  });

  it.each([
    ['around it', (inner: () => Promise<unknown>, breaker: ReturnType<typeof createBreaker>) => breaker.run(inner)],
    [
      'around what wraps its error',
      (inner: () => Promise<unknown>, breaker: ReturnType<typeof createBreaker>) =>
        breaker.run(() => inner().catch((cause: unknown) => Promise.reject(new Error('of a client', { cause })))),
    ],
  ])('that is full is ignored by a breaker %s', async (_where, through) => {
    const breaker = createBreaker({ name: 'reports', openWhen: consecutiveFailures(1) });
    const reports = bulkhead({ concurrent: 1 });
    const work = deferred();
    const first = reports.run(() => work.promise);
    await rejection(through(() => reports.run(() => 'fine'), breaker));
    expect(breaker.metrics()).toMatchObject({ state: 'closed', calls: 0, failures: 0, ignored: 1 });
    work.resolve('fine');
    await first;
  });

  it('of another copy of this package is ignored as well', async () => {
    vi.resetModules();
    const other = await import('../../src/index.ts');
    const breaker = createBreaker({ name: 'reports', openWhen: consecutiveFailures(1) });
    const reports = other.bulkhead({ concurrent: 1 });
    const work = deferred();
    const first = reports.run(() => work.promise);
    const error = await rejection(breaker.run(() => reports.run(() => 'fine')));
    expect(error).not.toBeInstanceOf(BulkheadFullError);
    expect(isBulkheadFull(error)).toBe(true);
    expect(breaker.metrics()).toMatchObject({ state: 'closed', ignored: 1 });
    work.resolve('fine');
    await first;
  });

  it.each([
    [{}, 'concurrent must be a whole number of at least 1, got undefined'],
    [{ concurrent: 0 }, 'concurrent must be a whole number of at least 1, got 0'],
    [{ concurrent: 1, queue: -1 }, 'queue must be a whole number of at least 0, got -1'],
    [{ concurrent: 1, queue: 1, queueFor: 0 }, 'queueFor must be a number of milliseconds greater than 0'],
    [{ concurrent: 1, queueFor: 10 }, 'queueFor must be left out if there is no queue, got 10'],
    [{ concurrent: 1, reclaimAfter: '5' }, 'reclaimAfter must be a number of milliseconds'],
    [{ concurrent: 1, name: '' }, "name must be a string that is not empty, got ''"],
    [{ concurent: 1 }, "bulkhead has no option 'concurent'; it takes concurrent, queue, queueFor, reclaimAfter, name"],
    [3, 'bulkhead must be an object, got 3'],
  ])('made with %j is refused', (options, message) => {
    expect(() => bulkhead(options as never)).toThrow(message);
  });
});

interface OnlyOne {
  readonly reports: ReturnType<typeof bulkhead>;
  readonly begun: string[];
  readonly works: Map<string, Deferred<unknown>>;
  call(name: string, signal?: AbortSignal): Promise<unknown>;
}

/** A bulkhead for one call at a time, and calls by name. */
function onlyOne(options: { queue: number; queueFor?: number }): OnlyOne {
  const reports = bulkhead({ concurrent: 1, ...options });
  const begun: string[] = [];
  const works = new Map<string, Deferred<unknown>>();
  return {
    reports,
    begun,
    works,
    call(name, signal) {
      const work = deferred();
      works.set(name, work);
      return reports.run(
        () => {
          begun.push(name);
          return work.promise;
        },
        { signal },
      );
    },
  };
}
