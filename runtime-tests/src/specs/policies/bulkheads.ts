import { bulkhead, isBulkheadFull, timeout } from '@switchgear/policies';
import { equal, holds, rejection, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

/** Slots and the queue for them. */
export const bulkheads: readonly Spec[] = [
  {
    name: 'bulkhead: it refuses calls beyond its slots, and a breaker around it ignores the refusals',
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
    name: 'bulkhead: callers are served in order, and wait no longer than queueFor',
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
    name: 'bulkhead: a reclaimed slot goes to the next waiting caller',
    needs: ['abort', 'timers', 'time'],
    async run() {
      const slots = bulkhead({ concurrent: 1, queue: 1, queueFor: 5_000, reclaimAfter: 20 });
      void slots.run(() => new Promise(() => undefined));
      equal(await slots.run(() => 'called up'), 'called up');
    },
  },
  {
    name: 'bulkhead: abandoned work keeps its slot until it has ended',
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
];
