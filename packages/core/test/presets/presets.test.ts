import { describe, expect, it } from 'vitest';
import {
  createBreaker,
  database,
  externalApi,
  type KeyedOptions,
  microservice,
  payments,
  realtime,
  selfClocked,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { isAlike } from '../../src/vocabulary/made.ts';
import { vitalsOf } from '../detector/stream.ts';
import { Chance } from '../proofs/soak/chance.ts';

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
    ['database', database, 1_000, 1_100],
    ['externalApi', externalApi, 1, 11_000],
    ['externalApi', externalApi, 1_000, 1_100],
    ['payments', payments, 10, 1_000],
    ['realtime', realtime, 10, 300],
    ['realtime', realtime, 1_000, 110],
  ])('%s notices an outage in time, and accepts 1 failure in 50', (_name, preset, perSecond, within) => {
    expect(live(preset, perSecond, () => true, 2_000)).toBeLessThanOrEqual(within);
    expect(live(preset, perSecond, (call) => call % 50 === 49, 2_000)).toBeUndefined();
  });

  describe.each([
    { name: 'database', preset: database, noise: 0.1, moment: 200 },
    { name: 'externalApi', preset: externalApi, noise: 0.1, moment: 200 },
    { name: 'payments', preset: payments, noise: 0.1, moment: 200 },
    { name: 'realtime', preset: realtime, noise: 0.1, moment: 50 },
    // One in ten is its limit.
    { name: 'microservice', preset: microservice, noise: 0.05, moment: 200 },
  ])('$name among thousands of calls', ({ preset, noise, moment }) => {
    it('is not opened by noise', () => {
      const chance = new Chance(7);
      expect(live(preset, 2_000, () => chance.next() < noise, 120_000)).toBeUndefined();
    });

    it('is closed again within a second after everything failed for a moment', () => {
      // Half a minute well, and every connection drops.
      const end = 30_000 + moment;
      const clock = manualClock();
      const breaker = createBreaker({ name: 'preset', clock, random: () => 0.5, ...preset });
      for (let call = 0; call < end + 1_000; call++) {
        clock.advance(1);
        breaker.tryAcquire()?.settle(call >= 30_000 && call < end ? 'failure' : 'success', 20);
      }
      expect(breaker.state).toBe('closed');
    });
  });

  it('microservice accepts failures that are many only because calls are: up to a fifth of them', () => {
    expect(live(microservice, 2_000, (call) => call % 1_000 === 999, 60_000)).toBeUndefined();
    expect(live(microservice, 2_000, (call) => call % 6 === 5, 60_000)).toBeUndefined();
    expect(live(microservice, 2_000, (call) => call % 4 === 0, 60_000)).toBeDefined();
  });

  it('database notices a hang in which few calls fail, after half a minute of many successes: at the second round', () => {
    const clock = manualClock();
    const breaker = createBreaker({ name: 'preset', clock, ...database });
    for (let call = 0; call < 6_000; call++) {
      clock.advance(5);
      breaker.acquire().settle('success', 2);
    }
    // Ten clients that each wait for five seconds.
    const round = (): void => {
      clock.advance(5_000);
      for (let call = 0; call < 10; call++) breaker.tryAcquire()?.settle('failure', 5_000);
    };
    round();
    expect(breaker.state).toBe('closed');
    round();
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

  it.each<[name: string, longest: number, heeded: number, preset: KeyedOptions]>([
    ['microservice', 30_000, 60_000, microservice],
    ['database', 60_000, 60_000, database],
    ['externalApi', 30_000, 300_000, externalApi],
    ['payments', 60_000, 60_000, payments],
    ['realtime', 10_000, 60_000, realtime],
  ])(
    '%s waits by the square-root law, %d ms at most, and %d ms if a server asks for more',
    (_name, longest, heeded, { openFor }) => {
      const wait = (age: number, retryAfter = 0) => {
        const vitals = Object.assign(vitalsOf(0.05), { unservedSince: 0 });
        return openFor?.({ at: age, attempt: 0, luck: 0.5, retryAfter, because: { rule: 'r', at: age }, vitals });
      };
      expect(wait(1_000)).toBe(Math.sqrt(2_000 / 0.05));
      expect(wait(86_400_000)).toBe(Math.min(longest, Math.sqrt(172_800_000 / 0.05)));
      expect(wait(100, 3_600_000)).toBe(heeded);
    },
  );

  it.each(Object.entries({ microservice, database, externalApi, payments, realtime }))(
    '%s opens on silence and comes back as adaptive mode does',
    (_name, preset) => {
      expect(isAlike(preset.recover, selfClocked())).toBe(true);
      const clock = manualClock();
      const breaker = createBreaker({ name: 'preset', clock, ...preset });
      for (let call = 0; call < 1_000; call++) {
        clock.advance(20);
        breaker.acquire().settle('success', 10);
      }
      const hang = clock.now();
      while (breaker.state === 'closed' && clock.now() < hang + 5_000) {
        clock.advance(20);
        breaker.tryAcquire();
      }
      expect(clock.now() - hang).toBeLessThanOrEqual(1_000);
    },
  );
});
