import { describe, expect, it } from 'vitest';
import { none } from '../src/policies/bounds.ts';
import { conditionsAt } from '../src/scenarios/conditions.ts';
import { changesOf, type Fault } from '../src/scenarios/fault.ts';
import { FATES } from '../src/simulation/journal.ts';
import { simulate } from '../src/simulation/simulate.ts';
import { scenarioOf } from './scene.ts';

const span = { from: 2_000, to: 8_000 };

/** Share of the requests from the third to the eighth second that ended so, in a patient scene. */
async function share(fate: (typeof FATES)[number], fault: Fault, changes: object = {}): Promise<number> {
  const journal = await simulate(scenarioOf({ faults: [fault], timeout: 2_000, ...changes }), none, 5);
  const during = journal.fate.filter(
    (_, i) => (journal.cameAt[i] as number) >= 2_000 && (journal.cameAt[i] as number) < 8_000,
  );
  return during.filter((each) => each === FATES.indexOf(fate)).length / during.length;
}

describe('a fault', () => {
  it('is there from its first moment up to but not including its last', () => {
    const faults: Fault[] = [{ kind: 'freeze', ...span }];
    expect([1_999, 2_000, 7_999, 8_000].map((at) => conditionsAt(faults, 0, at).frozen)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(changesOf(faults)).toEqual([2_000, 8_000]);
  });

  it('adds to another at the same time', () => {
    const faults: Fault[] = [
      { kind: 'brownout', capacity: 0.5, ...span },
      { kind: 'brownout', capacity: 0.5, ...span },
      { kind: 'errors', share: 0.5, ...span },
    ];
    expect(conditionsAt(faults, 0.5, 5_000)).toMatchObject({ capacity: 0.25, errors: 0.75 });
  });

  it('of degradation lowers the capacity step by step', () => {
    const faults: Fault[] = [{ kind: 'degradation', capacity: 0.1, ...span }];
    expect([2_000, 5_000, 7_999].map((at) => conditionsAt(faults, 0, at).capacity)).toEqual([
      1,
      expect.closeTo(0.55),
      expect.closeTo(0.1, 3),
    ]);
  });
});

describe('without a breaker', () => {
  it('a crash that refuses fails all calls, and one that hangs all but those it leaves no time to fail in', async () => {
    expect(await share('failed', { kind: 'crash', absence: 'refuses', ...span })).toBe(1);
    expect(await share('failed', { kind: 'crash', absence: 'hangs', ...span })).toBe(1);
  });

  it('errors and shards fail their share of the calls', async () => {
    expect(await share('failed', { kind: 'errors', share: 0.3, ...span }, { rate: 2_000, servers: 100 })).toBeCloseTo(
      0.3,
      1,
    );
    expect(
      await share('failed', { kind: 'shard', of: 4, absence: 'refuses', ...span }, { rate: 2_000, servers: 100 }),
    ).toBeCloseTo(0.25, 1);
  });

  it('a crash loses what waits, and the service comes back with nothing to do', async () => {
    const crash = { kind: 'crash', absence: 'refuses', from: 2_000, to: 3_000 } as const;
    const scenario = scenarioOf({ faults: [crash], rate: 200, timeout: 60_000 });
    const { cameAt, fate, waited } = await simulate(scenario, none, 5);
    const waiting = [...cameAt.keys()].filter(
      (i) => (cameAt[i] as number) < 2_000 && fate[i] === FATES.indexOf('failed'),
    );
    expect(waiting.length).toBeGreaterThan(100);
    for (const i of waiting) expect((cameAt[i] as number) + (waited[i] as number)).toBeCloseTo(2_001, 6);
    const back = cameAt.findIndex((at) => at >= 3_000);
    expect(waited[back]).toBeLessThan(200);
  });

  it('what a frozen service kept is answered when it thaws', async () => {
    const kept = { kind: 'freeze', from: 2_000, to: 2_500 } as const;
    const { cameAt, fate } = await simulate(scenarioOf({ faults: [kept], timeout: 2_000 }), none, 5);
    expect(new Set(fate)).toEqual(new Set([FATES.indexOf('useful')]));
    expect(cameAt.length).toBeGreaterThan(400);
    expect(await share('failed', { kind: 'freeze', ...span })).toBeGreaterThan(0.5);
  });

  it('a latency fault makes calls slower and none of them fail', async () => {
    const journal = await simulate(
      scenarioOf({ faults: [{ kind: 'latency', times: 8, ...span }], timeout: 60_000 }),
      none,
      5,
    );
    expect(journal.count('useful')).toBe(journal.cameAt.length);
    const [before, during] = [0, 2_000].map((from) => {
      const waits = journal.waited.filter(
        (_, i) => (journal.cameAt[i] as number) >= from && (journal.cameAt[i] as number) < from + 2_000,
      );
      return waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    });
    expect((during as number) / (before as number)).toBeGreaterThan(4);
  });

  it('more clients ask more', async () => {
    const journal = await simulate(scenarioOf({ faults: [{ kind: 'load', times: 5, ...span }] }), none, 5);
    const during = journal.cameAt.filter((at) => at >= 2_000 && at < 8_000).length;
    expect(during / 6).toBeGreaterThan(230);
    expect(during / 6).toBeLessThan(270);
  });
});
