import { consecutiveFailures, exponential } from '@switchgear/core';
import { equal, holds, rejection } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { fail, succeed, watched } from '../kit/watched.ts';

/** Closed, open and half-open, and the moves between them. */
export const states: readonly Spec[] = [
  {
    name: 'a breaker begins closed and lets calls through',
    async run() {
      const { breaker } = watched();
      equal(breaker.state, 'closed');
      equal(await succeed(breaker), 'fine');
    },
  },
  {
    name: 'a closed circuit opens when its rule gives a verdict, and emits one event',
    async run() {
      const { breaker, moves } = watched();
      await fail(breaker);
      equal(breaker.state, 'closed');
      await fail(breaker);
      equal(breaker.state, 'open');
      equal(moves(), ['closed>open']);
    },
  },
  {
    name: 'a success between failures restarts the count',
    async run() {
      const { breaker } = watched();
      await fail(breaker);
      await succeed(breaker);
      await fail(breaker);
      equal(breaker.state, 'closed');
    },
  },
  {
    name: 'an open circuit does not make the call',
    async run() {
      const { breaker } = watched();
      breaker.trip();
      let made = false;
      await rejection(
        breaker.run(() => {
          made = true;
        }),
      );
      equal(made, false);
      equal(breaker.metrics().rejected, 1);
    },
  },
  {
    name: 'an open circuit is half-open as soon as openFor has elapsed, without a timer and without a call',
    run() {
      const { breaker, clock } = watched();
      breaker.trip();
      clock.advance(999);
      equal([breaker.state, breaker.retryAfter], ['open', 1]);
      clock.advance(1);
      equal([breaker.state, breaker.retryAfter], ['half-open', 0]);
    },
  },
  {
    name: 'reading state, retryAfter and metrics takes no probe',
    async run() {
      const { breaker, clock } = watched();
      breaker.trip();
      clock.advance(1_000);
      for (let i = 0; i < 5; i++) holds(breaker.state === 'half-open' && breaker.metrics().calls === 0, 'only read');
      equal(await succeed(breaker), 'fine');
    },
  },
  {
    name: 'a half-open circuit closes after its successes',
    async run() {
      const { breaker, clock, moves } = watched();
      breaker.trip();
      clock.advance(1_000);
      await succeed(breaker);
      equal(breaker.state, 'half-open');
      await succeed(breaker);
      equal(moves(), ['closed>open', 'open>half-open', 'half-open>closed']);
    },
  },
  {
    name: 'a failed probe opens the circuit again',
    async run() {
      const { breaker, clock, moves } = watched();
      breaker.trip();
      clock.advance(1_000);
      await fail(breaker);
      equal([breaker.state, breaker.retryAfter], ['open', 1_000]);
      equal(moves(), ['closed>open', 'open>half-open', 'half-open>open']);
    },
  },
  {
    name: 'consecutive openings grow longer, up to their limit',
    async run() {
      const openFor = exponential(100, { jitter: 'none', max: 300 });
      const { breaker, clock } = watched({ openWhen: consecutiveFailures(1), openFor });
      const waits: number[] = [];
      for (let i = 0; i < 4; i++) {
        await fail(breaker);
        waits.push(breaker.retryAfter);
        clock.advance(breaker.retryAfter);
      }
      equal(waits, [100, 200, 300, 300]);
    },
  },
  {
    name: 'jitter spreads an opening over the upper half of its length',
    async run() {
      for (const [luck, wait] of [
        [0, 50],
        [0.5, 75],
      ] as const) {
        const { breaker } = watched({ openFor: exponential(100), random: () => luck });
        breaker.trip();
        equal(breaker.retryAfter, wait);
      }
    },
  },
];
