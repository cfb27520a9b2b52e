import { load } from '@switchgear/config';
import {
  anyOf,
  type BreakerOptions,
  consecutiveFailures,
  createBreaker,
  exponential,
  failureRate,
  probes,
  slowCallRate,
  timeWindow,
} from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { describe, expect, it } from 'vitest';
import { SETTINGS, SLOW_CHARGE } from '../src/orders/protection.ts';

describe('breakers.yaml', () => {
  const settings = load(SETTINGS);

  it('names each breaker of the shop, and all of it is carried', () => {
    expect([...settings.breakers.keys()]).toEqual([
      'payments',
      'alternative',
      'products',
      'customers',
      'shipping',
      'database',
    ]);
    expect(settings.notes.filter(({ path }) => !path.startsWith('x-'))).toEqual([]);
  });

  const careful = { recover: probes({ permitted: 1, successes: 2 }), permitTimeout: 10_000 };
  const charges = anyOf(
    failureRate(0.3, { minimumCalls: 20 }),
    slowCallRate(0.3, { minimumCalls: 20, slowerThan: SLOW_CHARGE }),
  );
  it.each<[string, Partial<BreakerOptions>]>([
    [
      'payments',
      { ...careful, openWhen: charges, window: timeWindow(10_000), openFor: exponential(1_000, { max: 3_000 }) },
    ],
    ['products', { ...careful, openWhen: consecutiveFailures(5), openFor: exponential(1_000, { max: 5_000 }) }],
    ['database', { ...careful, openWhen: consecutiveFailures(5), openFor: exponential(500, { max: 2_000 }) }],
  ])('%s does what the README says: the same as a breaker with its numbers', (name, coded) => {
    const clock = manualClock();
    const both = { name, clock, random: () => 0.5 };
    const [one, other] = [createBreaker({ ...coded, ...both }), createBreaker({ ...settings.options(name), ...both })];
    const seen = new Set<string>();
    // The same calls for both: mostly good for a while, then mostly bad, some of them slow.
    for (let call = 0, luck = 7; call < 6_000; call++) {
      luck = (luck * 48_271) % 2_147_483_647;
      const isBad = luck % 100 < (Math.floor(call / 150) % 2 === 0 ? 5 : 60);
      const permits = [one.tryAcquire(), other.tryAcquire()];
      clock.advance(luck % 900);
      for (const permit of permits) permit?.settle(isBad ? 'failure' : 'success', luck % 700);
      expect([other.state, other.retryAfter]).toEqual([one.state, one.retryAfter]);
      seen.add(one.state);
    }
    expect([...seen].sort()).toEqual(['closed', 'half-open', 'open']);
  });
});
