import {
  allOf,
  anyOf,
  type Breaker,
  consecutiveFailures,
  countWindow,
  failureCount,
  failureRate,
  slowCallRate,
  timeWindow,
  tumblingWindow,
} from '@switchgear/core';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

/** The calls that a rule judges, and the moment of its verdict. */
export const windows: readonly Spec[] = [
  {
    name: 'by default a circuit opens when half of at least 20 calls in 10 s have failed',
    run() {
      const { breaker } = watched({ openWhen: failureRate(0.5) });
      record(breaker, 'success', 10);
      record(breaker, 'failure', 9);
      equal(breaker.state, 'closed');
      record(breaker, 'failure', 1);
      equal(breaker.state, 'open');
    },
  },
  {
    name: 'a time window forgets what is older than it',
    run() {
      const openWhen = failureRate(0.5, { minimumCalls: 4 });
      const { breaker, clock } = watched({ openWhen, window: timeWindow(1_000) });
      record(breaker, 'failure', 3);
      clock.advance(1_100);
      record(breaker, 'failure', 3);
      equal([breaker.state, breaker.metrics().calls], ['closed', 3]);
      record(breaker, 'failure', 1);
      equal(breaker.state, 'open');
    },
  },
  {
    name: 'a count window holds the last calls, however old',
    run() {
      const openWhen = failureRate(0.5, { minimumCalls: 4 });
      const { breaker, clock } = watched({ openWhen, window: countWindow(4) });
      record(breaker, 'failure', 1);
      record(breaker, 'success', 4);
      equal(breaker.metrics().failures, 0);
      record(breaker, 'failure', 1);
      clock.advance(86_400_000);
      record(breaker, 'failure', 1);
      equal(breaker.state, 'open');
    },
  },
  {
    name: 'a tumbling window is emptied when its time has elapsed',
    run() {
      const openWhen = failureCount(3);
      const { breaker, clock } = watched({ openWhen, window: tumblingWindow(1_000) });
      record(breaker, 'failure', 2);
      clock.advance(1_000);
      record(breaker, 'failure', 2);
      equal(breaker.state, 'closed');
      record(breaker, 'failure', 1);
      equal(breaker.state, 'open');
    },
  },
  {
    name: 'slow successes open a circuit that judges slowness',
    run() {
      const openWhen = slowCallRate(0.5, { slowerThan: 200, minimumCalls: 4 });
      const { breaker } = watched({ openWhen });
      record(breaker, 'success', 2, 199);
      record(breaker, 'success', 1, 200);
      equal(breaker.state, 'closed');
      record(breaker, 'success', 1, 5_000);
      equal([breaker.state, breaker.metrics().evidence?.['slow']], ['open', 2]);
    },
  },
  {
    name: 'anyOf opens on the first verdict and names its rule',
    run() {
      const { breaker, events } = watched({ openWhen: anyOf(failureRate(0.5), consecutiveFailures(3)) });
      record(breaker, 'failure', 3);
      equal([breaker.state, events[0]?.because?.rule], ['open', 'consecutiveFailures']);
    },
  },
  {
    name: 'allOf opens only when all of its rules give a verdict',
    run() {
      const openWhen = allOf(failureRate(0.5, { minimumCalls: 2 }), failureCount(4));
      const { breaker } = watched({ openWhen });
      record(breaker, 'failure', 3);
      equal(breaker.state, 'closed');
      record(breaker, 'failure', 1);
      equal(breaker.state, 'open');
    },
  },
  {
    name: 'ignored calls are not counted',
    run() {
      const { breaker } = watched({ openWhen: failureRate(0.5, { minimumCalls: 2 }) });
      for (let i = 0; i < 9; i++) breaker.acquire().settle('ignored');
      const { calls, ignored, failureRate: rate } = breaker.metrics();
      equal([calls, ignored, rate], [0, 9, null]);
    },
  },
  {
    name: 'a thousand quick successes all reach the window',
    run() {
      const { breaker } = watched({ openWhen: failureRate(0.5, { minimumCalls: 20 }) });
      record(breaker, 'success', 1_000, 1);
      record(breaker, 'failure', 999, 1);
      equal([breaker.state, breaker.metrics().calls], ['closed', 1_999]);
      record(breaker, 'failure', 1, 1);
      equal(breaker.state, 'open');
    },
  },
];

function record(breaker: Breaker, outcome: 'success' | 'failure', times: number, duration?: number): void {
  for (let i = 0; i < times; i++) breaker.record(outcome, duration);
}
