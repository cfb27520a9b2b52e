import { AsyncLocalStorage } from 'node:async_hooks';
import { createBreaker } from '@switchgear/core';
import pRetry from 'p-retry';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  alternative,
  bulkhead,
  type Call,
  type CallOptions,
  cached,
  deadline,
  degraded,
  fallback,
  forPRetry,
  healthProbe,
  pipeline,
  retryBudget,
  type Scheduler,
  timeout,
} from '../../src/index.ts';
import { deferred } from '../setup/deferred.ts';

const als = new AsyncLocalStorage<string>();
const WHO = ['ann', 'ben', 'cat', 'dan'] as const;
const down = (): Promise<never> => Promise.reject(new Error('down'));

/** Runs a call of the user's: at once, or when there is a place for it. */
type Way = () => (call: Call<unknown>, options?: CallOptions) => Promise<unknown>;

const one = () => bulkhead({ concurrent: 1, queue: 10, queueFor: 60_000 });
const named = () => createBreaker({ name: 'orders' });

const ways: readonly (readonly [what: string, way: Way])[] = [
  ['timeout', () => through(timeout(30_000))],
  ['deadline', () => through(deadline({ limit: 60_000 }))],
  ['a bulkhead with places for all', () => through(bulkhead({ concurrent: 10 }))],
  ['a bulkhead where most wait', () => through(one())],
  ['a bulkhead whose slots are reclaimed', () => through(bulkhead({ concurrent: 1, queue: 10, reclaimAfter: 1 }))],
  ['fallback', () => through(fallback([degraded(() => 0)]))],
  ['a step of a fallback', () => (call) => fallback([degraded(() => call({} as never))]).run(down)],
  ['an alternative', () => (call) => fallback([alternative(call, { breaker: named() })]).run(down)],
  [
    'a step after one that hangs',
    () => (call) =>
      fallback([degraded(() => new Promise(() => undefined), { limit: 5 }), degraded((_, it) => call(it))]).run(down),
  ],
  [
    'a store that looks up',
    () => (call) =>
      fallback([
        cached({ maxAge: 1, key: 'k', store: { get: () => void call({} as never), set: () => 0 } }),
        degraded(() => 0),
      ]).run(down),
  ],
  [
    'a store that keeps',
    () => (call) =>
      fallback([cached({ maxAge: 1, key: 'k', store: { get: () => null, set: () => call({} as never) } })]).run(
        async () => 'kept',
      ),
  ],
  ['pipeline', () => through(pipeline(deadline({ limit: 60_000 }), one(), named(), timeout(30_000)))],
  ['pipeline with a fallback', () => through(pipeline(fallback([degraded(() => 0)]), one(), named(), timeout(30_000)))],
  [
    'a pipeline that a retry repeats',
    () => {
      const slots = pipeline(one(), named());
      const budget = retryBudget({ burst: 100 });
      return (call) => {
        let attempts = 0;
        const attempt: Call<unknown> = (context) => (++attempts < 3 ? down() : call(context));
        return pRetry(() => slots.run(attempt), { retries: 3, minTimeout: 1, shouldRetry: forPRetry(budget) });
      };
    },
  ],
];

function through(policy: { run(call: Call<unknown>, options?: CallOptions): Promise<unknown> }): ReturnType<Way> {
  return (call, options) => policy.run(call, options);
}

describe('a call sees the AsyncLocalStorage store of its own caller, queued or not, through', () => {
  it.each(ways)('%s', async (_what, way) => {
    const run = way();
    const seen: (readonly [who: string, before: unknown, after: unknown, outside: unknown])[] = [];
    const asked = WHO.map((who) =>
      als.run(who, async () => {
        await run(async () => {
          const before = als.getStore();
          await new Promise((resolve) => setTimeout(resolve, 3));
          seen.push([who, before, als.getStore(), undefined]);
        });
        seen.push([who, als.getStore(), als.getStore(), 'afterwards']);
      }),
    );
    await Promise.all(asked);
    await vi.waitFor(() => expect(seen.length).toBe(2 * WHO.length));
    for (const [who, before, after] of seen) expect([before, after]).toEqual([who, who]);
  });
});

describe('a listener told that a call was given up sees the store of that call:', () => {
  const late = (limit: ReturnType<typeof timeout> | ReturnType<typeof deadline>) => through(limit);
  it.each([
    ['timeout', () => late(timeout(5))],
    ['deadline', () => late(deadline({ limit: 5 }))],
    ['timeout around a bulkhead', () => late(pipeline(timeout(5), bulkhead({ concurrent: 10 })) as never)],
    ['pipeline', () => late(pipeline(deadline({ limit: 60_000 }), one(), named(), timeout(5)) as never)],
    [
      'a step of a fallback',
      () => (call: Call<unknown>) => fallback([degraded((_, it) => call(it), { limit: 5 })]).run(down),
    ],
  ])('%s', async (_what, way) => {
    const run = way();
    const seen: [who: string, store: unknown][] = [];
    await Promise.all(
      WHO.map((who) =>
        als.run(who, () =>
          run(
            ({ signal }) =>
              new Promise((_, reject) => {
                signal.addEventListener('abort', () => {
                  seen.push([who, als.getStore()]);
                  reject(signal.reason);
                });
              }),
          ).catch(() => undefined),
        ),
      ),
    );
    await vi.waitFor(() => expect(seen.length).toBe(WHO.length));
    for (const [who, store] of seen) expect(store).toBe(who);
  });
});

describe('a health probe', () => {
  const schedulers: Record<string, () => { scheduler?: Scheduler; tick(): void }> = {
    'the runtime’s timers': () => ({ tick: () => undefined }),
    'a scheduler that calls in a context of its own': () => {
      const due = new Set<() => void>();
      return {
        scheduler: {
          after(_ms, act) {
            due.add(act);
            return () => due.delete(act);
          },
        },
        tick() {
          for (const act of due) {
            due.delete(act);
            als.run('scheduler', act);
          }
        },
      };
    },
  };

  it.each(Object.entries(schedulers))(
    'pings, and tells of changes, in the context of who started it, on %s',
    async (_, make) => {
      const { scheduler, tick } = make();
      const seen: unknown[] = [];
      const ping = ({ signal }: { signal: AbortSignal }) => {
        seen.push(als.getStore());
        signal.addEventListener('abort', () => seen.push(als.getStore()));
        return seen.length % 2 ? down() : new Promise(() => undefined);
      };
      const probe = healthProbe({
        breaker: named(),
        every: 1,
        pingFor: 5,
        unhealthyAfter: 1,
        onChange: () => seen.push(als.getStore()),
        ping,
        ...(scheduler && { scheduler }),
      });
      als.run('operator', () => probe.start());
      await vi.waitFor(() => {
        tick();
        expect(seen.length).toBeGreaterThan(6);
      });
      const stores = new Set(seen);
      probe.stop();
      expect(stores).toEqual(new Set(['operator']));
    },
  );
});

describe('a caller that was called up', () => {
  afterEach(() => vi.useRealTimers());

  it('and gives up before its turn makes no call, and its slot goes to the next', async () => {
    const slots = one();
    const work = deferred();
    const caller = new AbortController();
    const made = vi.fn();
    const first = slots.run(() => work.promise);
    const second = slots.run(made, { signal: caller.signal }).catch((error: unknown) => error);
    const third = slots.run(() => 'third');
    work.resolve('over');
    // The slot is given to the second in the microtask in which the first is over; its turn comes in the next.
    void first.then(() => undefined);
    for (let i = 0; slots.waiting === 2 && i < 10; i++) await undefined;
    caller.abort(null);
    expect(await second).toBe(null);
    expect(await third).toBe('third');
    expect(made).not.toHaveBeenCalled();
    expect([slots.active, slots.waiting]).toEqual([0, 0]);
  });
});
