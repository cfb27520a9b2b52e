import { coarseClock } from '@switchgear/coarse-clock';
import { createBreaker } from '@switchgear/core';
import { equal, holds, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { fail, impatient, succeed } from '../kit/watched.ts';

/** What `@switchgear/coarse-clock` promises. */
export const coarseClockSpecs: readonly Spec[] = [
  {
    name: 'a coarse clock can be made and read everywhere, even where timers are forbidden',
    run() {
      const { now } = coarseClock();
      const first = now();
      holds(Number.isFinite(first) && now() >= first, 'a time that does not go back');
    },
  },
  {
    name: 'a coarse clock advances by itself, and its steps lose no time',
    needs: ['time'],
    async run() {
      const { now } = coarseClock({ resolution: 2 });
      const { performance = Date } = globalThis as { performance?: { now(): number } };
      const [coarse, exact] = [now(), performance.now()];
      let latest = coarse;
      await until(() => {
        holds(now() >= latest, 'it never goes back');
        latest = now();
        return latest - coarse >= 20;
      }, 'twenty milliseconds have passed');
      holds(latest - coarse <= performance.now() - exact + 20, 'it is never ahead of the exact one');
    },
  },
  {
    name: 'a coarse clock carries a circuit from open through half-open to closed',
    needs: ['time'],
    async run() {
      const breaker = createBreaker({ ...impatient('coarse clock'), clock: coarseClock({ resolution: 5 }) });
      const moves: string[] = [];
      breaker.subscribe((event) => event.type === 'move' && moves.push(event.to));
      await fail(breaker);
      await fail(breaker);
      await until(() => breaker.state === 'half-open', 'openFor is over');
      await succeed(breaker);
      await succeed(breaker);
      equal([breaker.state, moves], ['closed', ['open', 'half-open', 'closed']]);
    },
  },
];
