import { describe, expect, it } from 'vitest';
import {
  anyOf,
  createBreaker,
  exponential,
  failureCount,
  failureRate,
  type KeyedOptions,
  overdue,
  probes,
  ramp,
  slowCallRate,
  sustained,
  timeWindow,
  tumblingWindow,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';

describe('a plug is a recipe: breakers that share it share nothing else', () => {
  it.each<[name: string, options: KeyedOptions]>([
    ['a rule over a window', { openWhen: failureCount(2), window: timeWindow(1_000) }],
    ['a window that is anchored', { openWhen: failureCount(2), window: tumblingWindow(1_000) }],
    ['rules beside a detector', { openWhen: anyOf(failureCount(2), overdue(5, { longerThan: 100 })) }],
    ['a rule that must hold', { openWhen: sustained(failureRate(1, { minimumCalls: 2 }), 1) }],
    ['a rule with measures', { openWhen: slowCallRate(1, { slowerThan: 10, minimumCalls: 2 }) }],
    ['probes', { openWhen: failureCount(2), recover: probes({ permitted: 1, sample: 2 }) }],
    ['a ramp', { openWhen: failureCount(2), recover: ramp([0.5, 1]), openFor: exponential(10) }],
  ])('%s', (_name, options) => {
    const clock = manualClock();
    const [one, other] = ['one', 'other'].map((name) => createBreaker({ name, clock, ...options }));
    const fail = () => one?.tryAcquire()?.settle('failure', 10);
    for (let call = 0; call < 3; call++) {
      clock.advance(20);
      fail();
    }
    expect(one?.state).toBe('open');
    expect(other?.metrics()).toMatchObject({ state: 'closed', calls: 0, failures: 0 });
    one?.halfOpen();
    one?.tryAcquire();
    other?.halfOpen();
    expect(other?.tryAcquire()?.probe).toBe(true);
  });
});
