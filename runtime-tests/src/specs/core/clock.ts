import { createBreaker, slowCallRate, snapshot, timeWindow } from '@switchgear/core';
import { equal, holds, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { fail, impatient, succeed, watched } from '../kit/watched.ts';

/** Sources of time, and the requirements on a runtime's own clock. */
export const clock: readonly Spec[] = [
  {
    name: "the runtime's own clock carries a circuit from open through half-open to closed",
    needs: ['time'],
    async run() {
      const breaker = createBreaker(impatient('own clock'));
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
  {
    name: "the time left until a probe, on the runtime's own clock, is never longer than openFor nor less than 1 ms",
    needs: ['time'],
    async run() {
      const breaker = createBreaker(impatient('own clock'));
      breaker.trip(40);
      let latest = breaker.retryAfter;
      holds(latest <= 40, 'no longer than it was opened for');
      await until(() => {
        const now = breaker.retryAfter;
        holds(now <= latest && (now === 0 || now >= 1), 'it only falls, and is never a fraction');
        latest = now;
        return now === 0;
      }, 'a permit is free');
    },
  },
  {
    name: "a call's duration is measured from its start to its end",
    async run() {
      const { breaker, clock } = watched({ openWhen: slowCallRate(1, { slowerThan: 100, minimumCalls: 2 }) });
      const slow = (ms: number) => breaker.run(async () => clock.advance(ms));
      await slow(99);
      await slow(100);
      equal([breaker.state, breaker.metrics().slow], ['closed', 1]);
    },
  },
  {
    name: 'on a clock that stands still no call is slow and rates are numbers',
    async run() {
      const rule = slowCallRate(0.1, { slowerThan: 1, minimumCalls: 1 });
      const { breaker } = watched({ openWhen: rule, evaluateOn: 'any' });
      for (let i = 0; i < 50; i++) await succeed(breaker);
      const { slow, slowCallRate: rate, calls } = breaker.metrics();
      equal([slow, rate, calls], [0, 0, 50]);
    },
  },
  {
    name: 'after an idle day a window of seconds is empty',
    async run() {
      const { breaker, clock } = watched({ window: timeWindow(10_000) });
      await fail(breaker);
      clock.advance(86_400_000);
      equal(breaker.metrics().calls, 0);
    },
  },
  {
    name: 'wall time is used in snapshots and does not affect decisions',
    async run() {
      const { breaker, clock } = watched();
      breaker.trip();
      clock.setWall(Date.UTC(2030, 0, 1));
      equal(snapshot(breaker).until, Date.UTC(2030, 0, 1) + 1_000);
      clock.setWall(0);
      equal(breaker.retryAfter, 1_000);
    },
  },
];
