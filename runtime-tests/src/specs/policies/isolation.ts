import {
  alternative,
  bulkhead,
  cached,
  degraded,
  FallbackError,
  fallback,
  healthProbe,
  isBulkheadFull,
  pipeline,
  retryBudget,
  skip,
  timeout,
  value,
} from '@switchgear/policies';
import { equal, holds, rejection, thrown, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const down = (): Promise<never> => Promise.reject('down');

/** Bulkheads, fallbacks, budgets and pings, and the order of them all. */
export const isolation: readonly Spec[] = [
  {
    name: 'bulkhead: beyond its slots it refuses, and a breaker around it ignores that',
    async run() {
      const { breaker } = watched();
      const slots = bulkhead({ concurrent: 1 });
      let end: (value: string) => void = () => undefined;
      const first = slots.run(() => new Promise<string>((resolve) => (end = resolve)));
      holds(isBulkheadFull(await rejection(breaker.run(() => slots.run(() => 'second')))), 'a refusal');
      equal([breaker.metrics().ignored, breaker.metrics().failures], [1, 0]);
      end('first');
      equal(await first, 'first');
      equal(await slots.run(() => 'third'), 'third');
    },
  },
  {
    name: 'bulkhead: callers wait in their order, and not for longer than they may',
    needs: ['abort', 'timers', 'time'],
    async run() {
      const slots = bulkhead({ concurrent: 1, queue: 3, queueFor: 60 });
      const order: string[] = [];
      const call = (name: string, ms: number) =>
        slots.run(() => {
          order.push(name);
          return new Promise((resolve) => setTimeout(resolve, ms, name));
        });
      const first = [call('a', 5), call('b', 5), call('c', 400)];
      equal(await Promise.all(first.slice(0, 2)), ['a', 'b']);
      holds(isBulkheadFull(await rejection(call('d', 0))), 'waited in vain');
      equal(order, ['a', 'b', 'c']);
      equal(await first[2], 'c');
      equal([slots.active, slots.waiting], [0, 0]);
    },
  },
  {
    name: 'bulkhead: a slot that comes due calls up who waits for it',
    needs: ['abort', 'timers', 'time'],
    async run() {
      const slots = bulkhead({ concurrent: 1, queue: 1, queueFor: 5_000, reclaimAfter: 20 });
      void slots.run(() => new Promise(() => undefined));
      equal(await slots.run(() => 'called up'), 'called up');
    },
  },
  {
    name: 'bulkhead: the slot of work that a time limit gave up is kept until it has ended',
    needs: ['abort', 'timers', 'time'],
    async run() {
      const slots = bulkhead({ concurrent: 1 });
      let end: () => void = () => undefined;
      await rejection(slots.run(() => timeout(20).run(() => new Promise<void>((resolve) => (end = resolve)))));
      equal(slots.active, 1);
      end();
      await until(() => slots.active === 0, 'the work has ended');
    },
  },
  {
    name: 'fallback: every step serves, says so, and keeps the error of the call',
    async run() {
      const { breaker } = watched();
      const steps = [value(1), skip(), degraded(() => 2), alternative(() => 3, { breaker })];
      const served = [];
      for (const step of steps) served.push(await fallback([step]).run(down));
      equal(served, [
        { value: 1, age: 0, servedBy: 'value', cause: 'down' },
        { value: undefined, age: 0, servedBy: 'skip', cause: 'down' },
        { value: 2, age: 0, servedBy: 'degraded', cause: 'down' },
        { value: 3, age: 0, servedBy: 'alternative', cause: 'down' },
      ]);
    },
  },
  {
    name: 'fallback: the last good answer of a key is served while it is not too old',
    async run() {
      const { breaker, clock } = watched();
      const chain = fallback([cached({ maxAge: 1_000, clock })]);
      await chain.run(() => breaker.run(() => 'good'), { key: 'a' });
      breaker.trip();
      clock.advance(600);
      const stale = await chain.run(() => breaker.run(() => 'better'), { key: 'a' });
      equal([stale.value, stale.servedBy, stale.age], ['good', 'cached', 600]);
      clock.advance(600);
      equal(await rejection(chain.run(down, { key: 'a' })), 'down');
    },
  },
  {
    name: 'fallback: a step that hangs leaves the answer to the next',
    needs: ['abort', 'timers', 'time'],
    async run() {
      const hang = () => new Promise<never>(() => undefined);
      const store = { get: hang, set: hang };
      const steps = [cached({ maxAge: 1, key: 'one', store }), degraded(hang), value('next')] as const;
      equal((await fallback(steps, { limit: 20 }).run(down)).value, 'next');
    },
  },
  {
    name: 'fallback: a when that throws means no, and the caller has the very error of the call',
    async run() {
      const errors: unknown[] = [];
      const when = (error: unknown) => (error as { response: { ok: boolean } }).response.ok;
      const chain = fallback([value(1)], { when, onError: (_error, where) => errors.push(where) });
      equal([await rejection(chain.run(down)), errors], ['down', ['when']]);
    },
  },
  {
    name: 'fallback: one that fails is an error of its own, which keeps all the others',
    async run() {
      const error = await rejection(fallback([degraded(() => Promise.reject('worse'))]).run(down));
      holds(error instanceof FallbackError, 'a FallbackError');
      equal([(error as FallbackError).cause, (error as FallbackError).errors], ['down', ['worse']]);
    },
  },
  {
    name: 'pipeline: a signal that has fired wins over every other answer, and nothing is asked',
    async run() {
      const { breaker } = watched();
      breaker.trip();
      const through = pipeline(fallback([value(1)]), bulkhead({ concurrent: 1 }), breaker);
      const signal = { aborted: true, reason: null } as AbortSignal;
      equal(await rejection(through.run(() => holds(false, 'it was made'), { signal })), null);
      equal(breaker.metrics().rejected, 0);
    },
  },
  {
    name: 'retry budget: a share of what succeeds, and none while the circuit is open',
    async run() {
      const { breaker } = watched();
      const budget = retryBudget({ share: 0.5, burst: 1, breaker });
      equal([budget.spend('down'), budget.spend('down')], [true, false]);
      await breaker.run(() => 1);
      await breaker.run(() => 1);
      equal(budget.allows('down'), true);
      breaker.trip();
      equal(budget.allows('down'), false);
    },
  },
  {
    name: 'health probe: a ping that succeeds again grants a probe, and stopping leaves nothing',
    needs: ['abort', 'timers', 'time'],
    async run() {
      const { breaker } = watched();
      breaker.trip();
      let pings = 0;
      const probe = healthProbe({ breaker, every: 5, ping: () => (++pings < 2 ? down() : undefined) });
      probe.start();
      await until(() => breaker.state === 'half-open', 'a probe is granted');
      probe.stop();
      equal([probe.healthy, breaker.metrics().calls], [true, 0]);
    },
  },
  {
    name: 'pipeline: all layers together answer in time, and an order that cannot work is refused',
    needs: ['abort', 'timers', 'time'],
    async run() {
      const { breaker } = watched();
      const through = pipeline(fallback([value('less')]), bulkhead({ concurrent: 5 }), breaker, timeout(20));
      const hang = () => new Promise<string>(() => undefined);
      const served = [await through.run(hang), await through.run(hang), await through.run(() => 'more')];
      equal(
        served.map(({ value: each }) => each),
        ['less', 'less', 'less'],
      );
      equal(breaker.state, 'open');
      holds(/outermost/.test(String(thrown(() => pipeline(breaker, fallback([value(1)]) as never)))), 'a reason');
    },
  },
];
