import { describe, expect, it } from 'vitest';
import {
  createBreaker,
  database,
  externalApi,
  type KeyedOptions,
  microservice,
  payments,
  realtime,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/index.ts';

/** One outcome a second: how long an outage lasts until the circuit opens, and whether normal noise opens it. */
function live(
  preset: KeyedOptions,
  perSecond: number,
  failing: (call: number) => boolean,
  calls: number,
): number | undefined {
  const clock = manualClock();
  const breaker = createBreaker({ name: 'preset', clock, ...preset });
  for (let call = 0; call < calls; call++) {
    clock.advance(1_000 / perSecond);
    breaker.tryAcquire()?.settle(failing(call) ? 'failure' : 'success', 20);
    if (breaker.state === 'open') return clock.now();
  }
  return undefined;
}

describe('a preset', () => {
  it.each<[name: string, preset: KeyedOptions, perSecond: number, within: number]>([
    ['microservice', microservice, 10, 500],
    ['database', database, 10, 1_000],
    ['externalApi', externalApi, 1, 10_000],
    ['payments', payments, 10, 1_000],
    ['realtime', realtime, 10, 300],
  ])('%s notices an outage in time, and takes 1 failure in 50 for normal', (_name, preset, perSecond, within) => {
    expect(live(preset, perSecond, () => true, 1_000)).toBeLessThanOrEqual(within);
    expect(live(preset, perSecond, (call) => call % 50 === 49, 2_000)).toBeUndefined();
  });

  it('microservice takes the failures for normal that are many only because the calls are', () => {
    expect(live(microservice, 2_000, (call) => call % 1_000 === 999, 60_000)).toBeUndefined();
    expect(live(microservice, 2_000, (call) => call % 9 === 0, 60_000)).toBeDefined();
  });

  it('database notices a hang in which few calls get to fail, after half a minute of many that did not', () => {
    const clock = manualClock();
    const breaker = createBreaker({ name: 'preset', clock, ...database });
    for (let call = 0; call < 6_000; call++) {
      clock.advance(5);
      breaker.acquire().settle('success', 2);
    }
    // Ten clients that each wait for five seconds.
    clock.advance(5_000);
    for (let call = 0; call < 10; call++) breaker.tryAcquire()?.settle('failure', 5_000);
    expect(breaker.state).toBe('open');
  });

  it.each([
    ['payments', payments, 5_000],
    ['realtime', realtime, 1_000],
  ])('%s opens on slowness alone', (_name, preset, slow) => {
    const breaker = createBreaker({ name: 'preset', clock: manualClock(), ...preset });
    for (let call = 0; call < 10; call++) breaker.acquire().settle('success', slow);
    expect(breaker.state).toBe('open');
  });
});
