import { isCircuitOpen, type Permit } from '@switchgear/core';
import { equal, holds, thrown } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

/** Permits: acquired, settled once, lost, late. */
export const permits: readonly Spec[] = [
  {
    name: 'a permit settles once: the first settlement counts',
    run() {
      const { breaker } = watched();
      const permit = breaker.acquire();
      permit.settle('failure');
      permit.settle('success');
      permit.settle('failure');
      const { calls, failures } = breaker.metrics();
      equal([calls, failures], [1, 1]);
    },
  },
  {
    name: 'an open circuit refuses a permit: acquire throws, tryAcquire returns undefined',
    run() {
      const { breaker } = watched();
      breaker.trip();
      holds(isCircuitOpen(thrown(() => breaker.acquire())), 'acquire throws a refusal');
      equal(breaker.tryAcquire(), undefined);
    },
  },
  {
    name: 'an answer to a call from before a move does not affect the state after it',
    run() {
      const { breaker, clock } = watched();
      const [early, earlier] = [breaker.acquire(), breaker.acquire()];
      breaker.trip();
      clock.advance(1_000);
      const probe = breaker.acquire();
      early.settle('failure');
      earlier.settle('success');
      equal([breaker.state, breaker.metrics().late], ['half-open', 2]);
      probe.settle('success');
    },
  },
  {
    name: 'callers beyond the permitted probes are refused at once',
    run() {
      const { breaker, clock } = watched();
      breaker.trip();
      clock.advance(1_000);
      const probe = breaker.acquire();
      equal([probe.probe, breaker.tryAcquire()], [true, undefined]);
      probe.settle('success');
      equal(breaker.acquire().probe, true);
    },
  },
  {
    name: 'an ignored probe frees its place and does not move the circuit',
    run() {
      const { breaker, clock } = watched();
      breaker.trip();
      clock.advance(1_000);
      breaker.acquire().settle('ignored');
      equal(breaker.state, 'half-open');
      holds(breaker.tryAcquire() !== undefined, 'its place is free');
    },
  },
  {
    name: 'the place of an unsettled probe is free again after permitTimeout, and its late outcome does not count',
    run() {
      const { breaker, clock } = watched({ permitTimeout: 5_000 });
      breaker.trip();
      clock.advance(1_000);
      const lost = breaker.acquire();
      clock.advance(4_999);
      equal(breaker.tryAcquire(), undefined);
      clock.advance(1);
      const next = breaker.acquire();
      lost.settle('failure');
      equal([breaker.state, breaker.metrics().lost], ['half-open', 1]);
      next.settle('success');
      breaker.acquire().settle('success');
      equal(breaker.state, 'closed');
    },
  },
  {
    name: 'a permit that leaves its scope unsettled is ignored',
    needs: ['dispose'],
    run() {
      const { breaker } = watched();
      const { dispose } = Symbol as unknown as { dispose: symbol };
      const permit = breaker.acquire() as Permit & Record<symbol, () => void>;
      permit[dispose]?.();
      permit.settle('failure');
      const { calls, ignored } = breaker.metrics();
      equal([calls, ignored], [0, 1]);
    },
  },
  {
    name: 'record counts without a permit while closed, and is not a probe while half-open',
    run() {
      const { breaker, clock } = watched();
      breaker.record('failure');
      breaker.record({ outcome: 'failure', kind: 'ECONNRESET' });
      equal(breaker.state, 'open');
      clock.advance(1_000);
      breaker.record('success');
      breaker.record('failure');
      equal(breaker.state, 'half-open');
    },
  },
];
