import { describe, expect, it } from 'vitest';
import { fleetFiguresOf } from '../src/figures/fleet-figures.ts';
import { none } from '../src/policies/bounds.ts';
import { fleets } from '../src/policies/fleet.ts';
import type { Policy } from '../src/policies/policy.ts';
import { QUIET, withFleet } from '../src/scenarios/fleets.ts';
import { instanceAt, type Scenario } from '../src/scenarios/scenario.ts';
import { simulate } from '../src/simulation/simulate.ts';
import { scenarioOf } from './scene.ts';

const [alone, shared] = fleets as readonly [Policy, Policy];
const [hang] = withFleet(QUIET, 0.01, ['crash-hang']) as unknown as readonly [Scenario];

describe('a fleet', () => {
  it('spreads the calls evenly over its instances, unless one is loud', () => {
    const counts = (scenario: Scenario): number[] => {
      const calls = new Array<number>(4).fill(0);
      for (let i = 0; i < 2_300; i++) (calls[instanceAt(scenario, (i + 0.5) / 2_300)] as number)++;
      return calls;
    };
    expect(counts(scenarioOf({ instances: 4 }))).toEqual([575, 575, 575, 575]);
    expect(counts(scenarioOf({ instances: 4, loud: 20 }))).toEqual([2_000, 100, 100, 100]);
  });

  it('that shares nothing is as many clients by themselves: with one instance sharing changes nothing', async () => {
    const scenario = scenarioOf({
      instances: 1,
      faults: [{ kind: 'crash', absence: 'refuses', from: 3_000, to: 6_000 }],
    });
    const [one, other] = await Promise.all([alone, shared].map((policy) => simulate(scenario, policy, 7)));
    expect(other?.count('refused')).toBeGreaterThan(0);
    expect(Math.abs((other?.count('refused') ?? 0) - (one?.count('refused') ?? 0))).toBeLessThan(30);
  });

  it('answers each request once, and the same seed gives the same run', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => simulate(hang, shared, 3)));
    expect(one?.count('under way')).toBe(0);
    expect(one?.fate).toEqual(other?.fate);
  });

  it('notices a hang sooner together, and wastes fewer calls', async () => {
    const figures = [alone, shared].map(async (policy) => fleetFiguresOf(hang, await simulate(hang, policy, 1)));
    const [apart, together] = await Promise.all(figures);
    expect(together?.median).toBeLessThan((apart?.median ?? 0) / 2);
    expect(together?.wasted).toBeLessThan((apart?.wasted ?? 0) / 2);
  });

  it('whose first instances are cut off loses exactly the calls of those', async () => {
    const faults = [{ kind: 'cut', share: 0.25, absence: 'refuses', from: 0, to: 10_000 }] as const;
    const journal = await simulate(scenarioOf({ instances: 4, faults }), none, 1);
    const fates = journal.instance.map((which) => (which === 0 ? 2 : 1));
    expect(journal.fate).toEqual(fates);
  });
});
