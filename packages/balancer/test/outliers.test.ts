import { createBalancer, type OutlierOptions, outliers, roundRobin } from '@switchgear/balancer';
import { failureRate, linear, tumblingWindow } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { scene, stateOf } from './scene.ts';

/** Leaves that are ejected by nothing but what is told, as gRPC's endpoints are. */
const never = {
  openWhen: failureRate(1, { minimumCalls: 1_000_000 }),
  window: tumblingWindow(1_000),
  openFor: linear(3_000, { jitter: 0 }),
};

/** A duration of A50 in milliseconds: seconds and nanoseconds. */
const duration = (seconds: number, nanos: number) => seconds * 1_000 + nanos / 1e6;
const balancer = (options: object) => () => createBalancer({ name: 'echo', endpoints: [{ id: 'a' }], ...options });
const every = (ms: number) => () => outliers({ every: ms });
const base = (ms: number) => () => linear(ms);
const longest = (ms: number) => () => linear(3_000, { max: ms });

describe('what gRFC A50 refuses', () => {
  const negative = [duration(-1, 0), duration(0, -1)] as const;
  // A duration of proto3 ends at 315,576,000,000 s and its nanoseconds at 999,999,999. A number of milliseconds has neither
  // limit: what is too much there is a long time here, and only what is no time at all is refused.
  const large = [duration(1e12, 0), duration(0, 1e12)] as const;
  const refusals: readonly (readonly [string, () => unknown])[] = [
    ['a negative interval', every(negative[0])],
    ['negative nanoseconds of it', every(negative[1])],
    ['a negative base ejection time', base(negative[0])],
    ['negative nanoseconds of it ', base(negative[1])],
    ['a negative longest ejection time', longest(negative[0])],
    ['negative nanoseconds of it  ', longest(negative[1])],
    ['more than all ejected', balancer({ maxEjected: 1.01 })],
    ['less than none ejected', balancer({ maxEjected: -0.01 })],
    ['a threshold above 100 %', () => failureRate(1.01)],
    ['a threshold below 0 %', () => failureRate(-0.01)],
  ];
  it.each(refusals)('%s is refused', (_, make) => expect(make).toThrow(RangeError));

  it.each([
    ['interval', every],
    ['base ejection time', base],
    ['longest ejection time', longest],
  ])('a large %s is a long time, and one without an end is refused', (_, make) => {
    for (const ms of large) expect(make(Math.max(ms, 3_000))).not.toThrow();
    expect(make(Number.POSITIVE_INFINITY)).toThrow(RangeError);
    expect(make(Number.NaN)).toThrow(RangeError);
  });

  it.each([1.01, -0.01])('enforcing a share of %s, because whoever does not want a rule leaves it out', (enforced) => {
    expect(() => outliers({ enforced } as OutlierOptions)).toThrow("outliers has no option 'enforced'");
    expect(() => failureRate(0.85, { enforced } as never)).toThrow("has no option 'enforced'");
  });

  it('a child policy that is no way to pick is refused', () => {
    expect(balancer({ pick: { pick_first: {} } })).toThrow('pick must be a way to pick');
  });

  it.each([{ hosts: 0 }, { calls: 0.5 }, { stdev: -1 }])('also %o', (options) => {
    expect(() => outliers(options)).toThrow(RangeError);
  });
});

const FIVE = ['a', 'b', 'c', 'd', 'bad'];
const good = (id: string) => id !== 'bad';
const byRate = () => scene(FIVE, { pick: roundRobin(), leaf: never, outliers: outliers({ calls: 5, every: 1_000 }) });
const byPercentage = () =>
  scene(FIVE, {
    pick: roundRobin(),
    leaf: { ...never, openWhen: failureRate(0.85, { minimumCalls: 5 }) },
  });

describe('what gRFC A50 does', () => {
  it('one server gets every call, whatever outliers says', () => {
    const { balancer: one, calls } = scene(['a'], { outliers: outliers() });
    expect(calls(20)).toEqual({ a: 20 });
    expect(one.rows()).toMatchObject([{ state: 'closed' }]);
  });

  it.each([
    ['success rate', byRate],
    ['failure percentage', byPercentage],
  ])('by its %s, a server that fails is ejected, and comes back after the ejection time', (_, make) => {
    const { balancer: tree, clock, calls } = make();
    calls(50, good);
    clock.advance(1_000);
    expect(Object.keys(calls(10, good)).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(stateOf(tree, 'bad')).toBe('open');
    clock.advance(3_000);
    expect(calls(10, good)).toHaveProperty('bad');
  });
});

describe('outliers', () => {
  const judged = (counts: readonly number[], options: OutlierOptions) => {
    const ids = counts.map((_, index) => String(index));
    const { balancer: tree, clock } = scene(ids, {
      leaf: never,
      outliers: outliers({ every: 1_000, ...options }),
      maxEjected: 1,
    });
    for (const [index, failures] of counts.entries()) {
      const others = new Set(ids.filter((id) => id !== String(index)));
      for (let call = 0; call < 10; call++)
        tree.route({ not: others }).permit.settle(call < failures ? 'failure' : 'success', 1);
    }
    clock.advance(1_000);
    tree.route().permit.settle('ignored');
    return tree.rows().flatMap(({ id, state }) => (state === 'open' ? [id] : []));
  };

  it('ejects who is more than stdev deviations below the mean, and not who is at it', () => {
    // Shares of 1, 1, 1, 1 and 0.5: the mean is 0.9, the deviation 0.2, so the last is 2 deviations below.
    expect(judged([0, 0, 0, 0, 5], { calls: 10, stdev: 1.99 })).toEqual(['4']);
    expect(judged([0, 0, 0, 0, 5], { calls: 10, stdev: 2.01 })).toEqual([]);
  });

  it('judges nobody with too few calls, nor anybody with too few such hosts', () => {
    expect(judged([0, 0, 0, 0, 5], { calls: 11, stdev: 1 })).toEqual([]);
    expect(judged([0, 0, 0, 0, 5], { calls: 10, stdev: 1, hosts: 6 })).toEqual([]);
  });

  it('judges each interval by itself', () => {
    const {
      balancer: tree,
      clock,
      calls,
    } = scene(FIVE, { pick: roundRobin(), leaf: never, outliers: outliers({ calls: 10, every: 1_000 }) });
    for (let interval = 0; interval < 3; interval++) {
      calls(40, good);
      clock.advance(1_000);
    }
    tree.route().permit.settle('ignored');
    expect(stateOf(tree, 'bad')).toBe('closed');
  });
});
