import { describe, expect, it } from 'vitest';
import { playTree } from '../src/trees/figures.ts';
import { balancings } from '../src/trees/policies.ts';
import { treeScenarios } from '../src/trees/scenarios.ts';
import { World } from '../src/trees/world.ts';

const policyOf = (name: string) => balancings.find((policy) => policy.name === name) as (typeof balancings)[number];
const scenarioOf = (name: string) =>
  treeScenarios.find((scenario) => scenario.name === name) as (typeof treeScenarios)[number];

describe('a service of endpoints', () => {
  it('answers everything while nothing is wrong, and the same seed gives the same run', () => {
    const scenario = { name: 'calm', retries: 0, troubles: [] };
    const [one, other] = [1, 2].map(() => new World(scenario, policyOf('tree'), 5).run());
    expect(one).toEqual(other);
    expect(one?.useful).toEqual(one?.came);
  });

  it('loses the calls of one endpoint in ten in turn, and hardly any behind the tree', () => {
    const scenario = scenarioOf('one endpoint refuses');
    expect(playTree(scenario, policyOf('round robin'), [1]).during).toBeCloseTo(0.9, 2);
    expect(playTree(scenario, policyOf('tree'), [1]).during).toBeGreaterThan(0.99);
  });

  it('keeps what sensitive leaves by themselves take away from a common cause', () => {
    const scenario = scenarioOf('all fail 40 %');
    expect(playTree(scenario, policyOf('leaves alone'), [1]).during).toBeLessThan(0.2);
    expect(playTree(scenario, policyOf('tree, 5 in a row'), [1]).during).toBeCloseTo(0.6, 1);
  });
});
