import {
  anyOf,
  type Breaker,
  type BreakerOptions,
  countWindow,
  createBreaker,
  failureRate,
  latencyPercentile,
  meanLatency,
  overdue,
  ramp,
  slowCallCount,
  slowCallRate,
  timeWindow,
  tumblingWindow,
  type WindowRecipe,
} from '@switchgear/core';
import { equal, holds } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { fail, succeed, watched } from '../kit/watched.ts';

/** Rules about the shortest possible times. A division by the elapsed time would make calls infinitely slow. */
const IMPATIENT: readonly [name: string, openWhen: NonNullable<BreakerOptions['openWhen']>][] = [
  ['slowCallRate', slowCallRate(0.01, { slowerThan: 1, minimumCalls: 1 })],
  ['slowCallCount', slowCallCount(1, { slowerThan: 1 })],
  ['meanLatency', meanLatency(1, { minimumCalls: 1 })],
  ['latencyPercentile', latencyPercentile(0.5, 2, { minimumCalls: 1 })],
  ['overdue', overdue(1, { longerThan: 1 })],
];

const WINDOWS: readonly [name: string, window: WindowRecipe][] = [
  ['timeWindow', timeWindow(1_000)],
  ['tumblingWindow', tumblingWindow(1_000)],
  ['countWindow', countWindow(10)],
];

/** A Worker's clock moves only with I/O: between two readings without I/O no time passes. */
export const frozenClock: readonly Spec[] = [
  ...IMPATIENT.map(([name, openWhen]) => ({
    name: `on a clock that stands still ${name} finds no call slow`,
    async run() {
      const { breaker } = watched({ openWhen, evaluateOn: 'any' });
      for (let i = 0; i < 50; i++) await succeed(breaker);
      for (let i = 0; i < 50; i++) breaker.acquire();
      for (let i = 0; i < 50; i++) breaker.record('success', 0);
      equal([breaker.state, breaker.metrics().slow], ['closed', 0]);
      allNumbers(breaker);
    },
  })),
  ...WINDOWS.map(([name, window]) => ({
    name: `on a clock that stands still a ${name} sees failures, and its rates are numbers`,
    async run() {
      const { breaker } = watched({ window, openWhen: failureRate(0.5, { minimumCalls: 4 }) });
      allNumbers(breaker);
      await succeed(breaker);
      for (let i = 0; i < 3; i++) {
        equal(breaker.state, 'closed');
        await fail(breaker);
        allNumbers(breaker);
      }
      equal([breaker.state, breaker.retryAfter], ['open', 1_000]);
    },
  })),
  {
    name: 'on a clock that stands still a ramp lets a share through and refuses the rest',
    run() {
      const { breaker } = watched({ recover: ramp([0.5, 1], { stage: 1_000 }) });
      breaker.trip();
      breaker.halfOpen();
      const admitted = Array.from({ length: 100 }, () => breaker.tryAcquire()).filter((permit) => permit !== undefined);
      for (const permit of admitted) permit.settle('success');
      holds(admitted.length > 0 && admitted.length < 100, `some of 100, not ${admitted.length}`);
      equal(breaker.state, 'half-open');
      allNumbers(breaker);
    },
  },
  {
    name: 'a clock that is 0 at creation and then jumps does not affect the first calls',
    async run() {
      let now = 0;
      const clock = { now: () => now };
      const openWhen = anyOf(
        slowCallRate(0.1, { slowerThan: 1, minimumCalls: 1 }),
        failureRate(0.5, { minimumCalls: 2 }),
      );
      const breaker = createBreaker({ name: 'early', clock, openWhen, evaluateOn: 'any', openFor: () => 1_000 });
      now = 1_700_000_000_000;
      for (let i = 0; i < 3; i++) await succeed(breaker);
      equal([breaker.state, breaker.metrics().slow, breaker.metrics().calls], ['closed', 0, 3]);
      for (let i = 0; i < 3; i++) await fail(breaker);
      equal([breaker.state, breaker.retryAfter], ['open', 1_000]);
      now += 1_000;
      equal(breaker.state, 'half-open');
    },
  },
  {
    name: "with the runtime's own clock, moving or not, quick calls are not slow",
    async run() {
      const openWhen = slowCallRate(0.01, { slowerThan: 60_000, minimumCalls: 1 });
      const breaker = createBreaker({ name: 'own clock', openWhen, evaluateOn: 'any' });
      for (let i = 0; i < 20; i++) await succeed(breaker);
      equal([breaker.state, breaker.metrics().slow, breaker.metrics().calls], ['closed', 0, 20]);
      allNumbers(breaker);
    },
  },
];

function allNumbers(breaker: Breaker): void {
  for (const [name, value] of Object.entries(breaker.metrics())) {
    if (typeof value === 'number') holds(Number.isFinite(value) && value >= 0, `${name} is ${value}`);
  }
}
