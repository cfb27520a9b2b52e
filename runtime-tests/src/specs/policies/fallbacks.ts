import { alternative, cached, degraded, FallbackError, fallback, skip, value } from '@switchgear/policies';
import { equal, holds, rejection } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const down = (): Promise<never> => Promise.reject('down');

/** Substitute answers, step by step. */
export const fallbacks: readonly Spec[] = [
  {
    name: 'fallback: each kind of step serves a value, names itself, and keeps the error of the call',
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
    name: 'fallback: the last good answer of a key is served until it is too old',
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
    name: 'fallback: after a step that hangs the next one answers',
    needs: ['abort', 'timers', 'time'],
    async run() {
      const hang = () => new Promise<never>(() => undefined);
      const store = { get: hang, set: hang };
      const steps = [cached({ maxAge: 1, key: 'one', store }), degraded(hang), value('next')] as const;
      equal((await fallback(steps, { limit: 20 }).run(down)).value, 'next');
    },
  },
  {
    name: 'fallback: a when that throws counts as false, and the caller gets the error of the call',
    async run() {
      const errors: unknown[] = [];
      const when = (error: unknown) => (error as { response: { ok: boolean } }).response.ok;
      const chain = fallback([value(1)], { when, onError: (_error, where) => errors.push(where) });
      equal([await rejection(chain.run(down)), errors], ['down', ['when']]);
    },
  },
  {
    name: 'fallback: if all steps fail, the error holds the errors of all steps',
    async run() {
      const error = await rejection(fallback([degraded(() => Promise.reject('worse'))]).run(down));
      holds(error instanceof FallbackError, 'a FallbackError');
      equal([(error as FallbackError).cause, (error as FallbackError).errors], ['down', ['worse']]);
    },
  },
];
