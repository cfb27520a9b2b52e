import { consecutiveFailures, failureRate, fixed, probes, ramp } from '@switchgear/core';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

/** How traffic returns after an outage. */
export const recovery: readonly Spec[] = [
  {
    name: 'no more probes than permitted are in flight at once',
    run() {
      const { breaker, clock } = watched({ recover: probes({ permitted: 3 }) });
      breaker.trip();
      clock.advance(1_000);
      const sent = [1, 2, 3, 4].map(() => breaker.tryAcquire());
      equal(
        sent.map((permit) => permit?.probe),
        [true, true, true, undefined],
      );
      for (const permit of sent) permit?.settle('success');
      equal(breaker.state, 'closed');
    },
  },
  {
    name: 'a sample of probes is judged as a whole',
    run() {
      const recover = probes({ permitted: 4, sample: 4, judge: failureRate(0.75) });
      const { breaker, clock } = watched({ recover });
      breaker.trip();
      clock.advance(1_000);
      for (const outcome of ['failure', 'failure', 'success', 'success'] as const) breaker.acquire().settle(outcome);
      equal(breaker.state, 'closed');
    },
  },
  {
    name: 'a ramp lets growing shares of the calls through and closes after the last stage',
    run() {
      const recover = ramp([0.25, 0.5, 1], { stage: 1_000 });
      const { breaker, clock } = watched({ recover });
      breaker.trip();
      clock.advance(1_000);
      const shares: number[] = [];
      while (breaker.state === 'half-open') {
        const permits = Array.from({ length: 20 }, () => breaker.tryAcquire()).filter((permit) => permit !== undefined);
        shares.push(permits.length);
        clock.advance(1_000);
        for (const permit of permits) permit.settle('success');
      }
      equal([shares, breaker.state], [[5, 10, 20], 'closed']);
    },
  },
  {
    name: 'a failing ramp goes back one stage, and from the first stage opens again',
    run() {
      const recover = ramp([0.5, 1], { stage: 1_000, minimumCalls: 2 });
      const { breaker, clock } = watched({ recover, openWhen: consecutiveFailures(2) });
      breaker.trip();
      clock.advance(1_000);
      const first = breaker.acquire();
      clock.advance(1_000);
      first.settle('success');
      for (const permit of [breaker.acquire(), breaker.acquire()]) permit.settle('failure');
      equal(breaker.state, 'half-open');
      const admitted = [1, 2, 3, 4].map(() => breaker.tryAcquire()).filter((permit) => permit !== undefined);
      equal(admitted.length, 2);
      for (const permit of admitted) permit.settle('failure');
      equal(breaker.state, 'open');
    },
  },
  {
    name: 'a Retry-After of the server extends the open time, up to a limit',
    run() {
      const { breaker } = watched({ openFor: fixed(1_000, { retryAfterMax: 30_000 }) });
      breaker.record('failure');
      breaker.record({ outcome: 'failure', kind: '503', retryAfter: 7_000 });
      equal(breaker.retryAfter, 7_000);
      breaker.reset();
      breaker.record('failure');
      breaker.record({ outcome: 'failure', kind: '503', retryAfter: 86_400_000 });
      equal(breaker.retryAfter, 30_000);
    },
  },
  {
    name: 'a half-open period that has elapsed ends as configured, even if no call arrived in time',
    run() {
      const recover = probes({ permitted: 1, maxStay: 500, afterMaxStay: 'closed' });
      const { breaker, clock } = watched({ recover });
      breaker.trip();
      clock.advance(1_000);
      breaker.acquire();
      clock.advance(500);
      equal(breaker.state, 'closed');
    },
  },
];
