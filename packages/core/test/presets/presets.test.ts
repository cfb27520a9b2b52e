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
import { manualClock } from '../../src/testing/manual-clock.ts';
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

    it('stays closed if everything fails for a moment', () => {
      // Half a minute well, and every connection drops.
      expect(live(preset, 1_000, (call) => call >= 30_000 && call < 30_000 + moment, 60_000)).toBeUndefined();
    });
  });

  it('microservice accepts failures that are many only because calls are', () => {
    expect(live(microservice, 2_000, (call) => call % 1_000 === 999, 60_000)).toBeUndefined();
    expect(live(microservice, 2_000, (call) => call % 9 === 0, 60_000)).toBeDefined();
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

  it.each<[name: string, first: number, longest: number, heeded: number, preset: KeyedOptions]>([
    ['microservice', 30_000, 120_000, 120_000, microservice],
    ['database', 60_000, 120_000, 120_000, database],
    ['externalApi', 30_000, 300_000, 300_000, externalApi],
    ['payments', 5_000, 60_000, 60_000, payments],
    ['realtime', 5_000, 5_000, 60_000, realtime],
  ])(
    '%s first waits from half of %d ms to all of it, later at most %d ms, and %d ms if a server asks for more',
    (...row) => {
      const [, first, longest, heeded, { openFor }] = row;
      const wait = (attempt: number, luck: number, retryAfter = 0) =>
        openFor?.({ at: 0, attempt, luck, retryAfter, because: { rule: 'trip', at: 0 } });
      expect([wait(0, 0), wait(0, 1)]).toEqual([first / 2, first]);
      expect(wait(99, 1)).toBe(longest);
      expect(wait(0, 0, 3_600_000)).toBe(heeded);
    },
  );

  it('payments remembers for a minute that it has been down', () => {
    expect(payments.openFor?.forgetAfter).toBe(60_000);
  });

  it.each<[name: string, permitted: number, preset: KeyedOptions]>([
    ['microservice', 1, microservice],
    ['externalApi', 1, externalApi],
    ['realtime', 2, realtime],
  ])('%s closes after two successes, with %d probes at a time', (_name, permitted, preset) => {
    const breaker = createBreaker({ name: 'preset', clock: manualClock(), ...preset });
    breaker.halfOpen();
    const permits = [1, 2, 3].flatMap(() => breaker.tryAcquire() ?? []);
    expect(permits).toHaveLength(permitted);
    permits[0]?.settle('success', 2);
    expect(breaker.state).toBe('half-open');
    (permits[1] ?? breaker.acquire()).settle('success', 2);
    expect(breaker.state).toBe('closed');
  });

  it.each<[name: string, shares: readonly number[], preset: KeyedOptions]>([
    ['database', [0.1, 0.5, 1], database],
    ['payments', [0.1, 0.25, 0.5, 1], payments],
  ])('%s comes back in the shares %j, for five seconds each', (_name, shares, preset) => {
    const clock = manualClock();
    const breaker = createBreaker({ name: 'preset', clock, ...preset });
    breaker.halfOpen();
    const tried = new Map<number | undefined, number>();
    while (breaker.state === 'half-open') {
      const { share } = breaker.metrics();
      tried.set(share, (tried.get(share) ?? 0) + 1);
      clock.advance(1);
      breaker.tryAcquire()?.settle('success', 2);
    }
    expect([...tried.keys()]).toEqual(shares);
    for (const length of tried.values()) expect(length - 5_000).toBeLessThan(10);
    expect(Math.min(...tried.values())).toBeGreaterThanOrEqual(5_000);
  });
});
