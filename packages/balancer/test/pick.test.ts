import { byKey, leastCost, roundRobin } from '@switchgear/balancer';
import { consecutiveFailures } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { scene, seeded, stateOf } from './scene.ts';

const cost = { pick: leastCost(), leaf: { openWhen: consecutiveFailures(50) } };

describe('leastCost', () => {
  it('shares calls among two that answer about alike, with one call at a time', () => {
    const { a = 0, b = 0 } = scene(['a', 'b'], cost).calls(400, undefined, (id) => (id === 'a' ? 1 : 2));
    expect(Math.min(a, b)).toBeGreaterThan(150);
  });

  it('does not leave out one whose first answers were slow, as they are while connections are opened', () => {
    const slow = { a: 5, b: 0 };
    const { a = 0, b = 0 } = scene(['a', 'b'], cost).calls(400, undefined, (id) => (slow[id as 'a']-- > 0 ? 90 : 2));
    expect(Math.min(a, b)).toBeGreaterThan(90);
  });

  it('forgets that one was slow for longer: it is called again, and is as quick as the others', () => {
    const { calls } = scene(['a', 'b'], cost);
    calls(200, undefined, (id) => (id === 'a' ? 20 : 2));
    const { a = 0 } = calls(1_500, undefined, () => 2);
    expect(a).toBeGreaterThan(300);
  });

  it('gives a slower endpoint fewer calls', () => {
    const { calls } = scene(['a', 'b', 'c', 'd'], cost);
    expect(calls(2_000, undefined, (id) => (id === 'a' ? 8 : 4))['a']).toBeLessThan(70);
  });

  it('gives one that fails fewer calls, long before it is ejected, and says so', () => {
    const { balancer, calls } = scene(['a', 'b', 'c', 'd'], cost);
    const random = seeded(3);
    const counts = calls(
      800,
      (id) => id !== 'a' || random() < 0.5,
      () => 1 + 3 * random(),
    );
    expect(stateOf(balancer, 'a')).toBe('closed');
    expect(counts['a']).toBeLessThan(100);
    expect(balancer.rows()[0]?.why).toMatch(/^Chosen less often: \d+ % of its last calls failed\.$/);
  });

  it('looks at the calls under way', () => {
    const { balancer } = scene(['a', 'b'], cost);
    const first = balancer.route();
    expect(balancer.route().id).not.toBe(first.id);
  });

  it('shares in proportion to the weights while all do equally well', () => {
    const { calls } = scene([{ id: 'a', weight: 3 }, 'b', 'c'], cost);
    const counts = calls(3_000);
    expect((counts['a'] ?? 0) / 3_000).toBeCloseTo(0.6, 1);
  });

  it('gives a far endpoint calls when the near one is busy, and does not blame it for being far', () => {
    const { balancer, calls } = scene(['near', 'far'], { ...cost, leaf: {} });
    calls(500, undefined, (id) => (id === 'far' ? 40 : 4));
    expect(stateOf(balancer, 'far')).toBe('closed');
  });
});

describe('roundRobin', () => {
  it('calls each in turn', () => {
    const { calls } = scene(['a', 'b', 'c'], { pick: roundRobin() });
    expect(calls(30)).toEqual({ a: 10, b: 10, c: 10 });
  });

  it('goes by the weights', () => {
    const { calls } = scene([{ id: 'a', weight: 0.25 }, 'b', 'c'], { pick: roundRobin() });
    expect((calls(2_250)['a'] ?? 0) / 2_250).toBeCloseTo(1 / 9, 1);
  });
});

describe('byKey', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const keys = Array.from({ length: 1_000 }, (_, index) => `customer ${index}`);
  const placed = (balancer: ReturnType<typeof scene>['balancer']) =>
    keys.map((key) => {
      const { id, permit } = balancer.route({ key });
      permit.settle('success', 1);
      return id;
    });

  it('sends a key to the same endpoint, and keys evenly', () => {
    const { balancer } = scene(ids, { pick: byKey() });
    const first = placed(balancer);
    expect(placed(balancer)).toEqual(first);
    for (const id of ids) expect(first.filter((each) => each === id).length).toBeGreaterThan(150);
  });

  it('moves only the keys of an endpoint that goes', () => {
    const { balancer } = scene(ids, { pick: byKey() });
    const before = placed(balancer);
    balancer.update(ids.slice(1).map((id) => ({ id })));
    const after = placed(balancer);
    for (const [index, id] of before.entries()) if (id !== 'a') expect(after[index]).toBe(id);
  });

  it('gives no endpoint more than 1.25 times the mean load and one call', () => {
    const { balancer } = scene(ids, { pick: byKey() });
    for (let call = 0; call < 100; call++) balancer.route({ key: 'popular' });
    for (const { load } of balancer.rows()) expect(load).toBeLessThanOrEqual(1.25 * 20 + 2);
  });
});

describe('a level', () => {
  const tiers = ['a', 'b', 'c', 'd'].map((id) => ({ id, tier: 0 }));
  const spare = { id: 'spare', tier: 1 };

  it('carries everything while enough of it is there', () => {
    expect(scene([...tiers, spare]).calls(500)).not.toHaveProperty('spare');
  });

  it('that fails as a whole is compared with the next, which gets its calls', () => {
    const { calls, balancer } = scene([...tiers, spare], { maxEjected: 1 });
    calls(400, (id) => id === 'spare');
    expect(balancer.rows().map(({ state }) => state)).toEqual(['open', 'open', 'open', 'open', 'closed']);
  });

  it('of which all have been tried leaves the next attempt to the next', () => {
    const { balancer } = scene([...tiers, spare]);
    expect(balancer.route({ not: new Set(['a', 'b', 'c', 'd']) }).id).toBe('spare');
  });

  it('gives the next one what it cannot carry: half of it left bear 0.7 of the calls', () => {
    const { balancer, calls } = scene([...tiers, spare]);
    for (const id of ['a', 'b']) breakerOf(balancer, id)?.trip(600_000);
    expect((calls(2_000)['spare'] ?? 0) / 2_000).toBeCloseTo(0.3, 1);
    for (const id of ['c', 'd']) breakerOf(balancer, id)?.trip(600_000);
    expect(calls(10)).toEqual({ spare: 10 });
  });

  it('is the own zone first, then others', () => {
    const zones = ['a', 'b', 'c', 'd'].map((id) => ({ id, zone: id < 'c' ? 'here' : 'there' }));
    const { balancer, calls } = scene(zones, { zone: 'here' });
    expect(Object.keys(calls(200)).sort()).toEqual(['a', 'b']);
    breakerOf(balancer, 'a')?.trip(600_000);
    const counts = calls(2_000);
    expect((counts['b'] ?? 0) / 2_000).toBeCloseTo(0.7, 1);
    expect(counts['c']).toBeGreaterThan(200);
  });
});

function breakerOf(balancer: ReturnType<typeof scene>['balancer'], id: string) {
  return [...balancer].find(({ name }) => name === `search/${id}`);
}
