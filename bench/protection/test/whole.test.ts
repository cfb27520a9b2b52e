import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeGoals } from '../src/goals/goal.ts';
import { goals } from '../src/goals/goals.ts';
import { policies, policyOf } from '../src/policies/all-policies.ts';
import { outagePlot } from '../src/report/outage-plot.ts';
import { page } from '../src/report/page.ts';
import { pictures } from '../src/report/pictures.ts';
import { scenarioTable } from '../src/report/policy-tables.ts';
import { randomScenarios, run } from '../src/run.ts';
import { catalogue } from '../src/scenarios/catalogue.ts';
import { cellOf, type Scenario, stretched } from '../src/scenarios/scenario.ts';
import { workloads } from '../src/scenarios/workloads.ts';
import { Journal } from '../src/simulation/journal.ts';
import { scenarioOf } from './scene.ts';

/** All of it, in a hundredth of the time. The figures mean nothing. */
const short = (scenario: Scenario): Scenario => ({ ...stretched(scenario, 0.01), repeats: 1 });
const withFewCalls = (scenario: Scenario): Scenario => ({
  ...scenario,
  ...(scenario.bursts && {
    bursts: scenario.bursts.slice(0, 60).map((burst) => ({ ...burst, calls: Math.min(20, burst.calls) })),
  }),
});
const told: string[] = [];
const results = await run({
  seed: 1,
  catalogue: catalogue.map(short),
  random: randomScenarios(1, 2).map(short),
  workloads: workloads.map((workload) => ({ ...workload, scenario: withFewCalls(short(workload.scenario)) })),
  measured: ['default', 'reference', 'resilience4j'].map(policyOf).map((policy) => ({ ...policy, hasWindow: false })),
  effort: 0.0002,
  tell: ({ scenario }) => told.push(cellOf(scenario)),
});
const judged = judgeGoals(goals, results);

describe('the whole bench', () => {
  it('plays every cell with every policy', () => {
    expect(told).toHaveLength(catalogue.length + 2 + workloads.length);
    expect(new Set(told).size).toBe(told.length);
    for (const { outcomes } of results.catalogue) {
      expect(Object.keys(outcomes)).toEqual(policies.map(({ name }) => name));
      for (const { cost, goodput } of Object.values(outcomes)) {
        expect(cost).toBeGreaterThan(0);
        expect(goodput).toBeGreaterThanOrEqual(0);
        expect(goodput).toBeLessThanOrEqual(1);
      }
    }
  });

  it('has the goals of the study but the one that waits for stores', () => {
    expect([...new Set(goals.map(({ number }) => number))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13]);
    expect(judged.length).toBeGreaterThan(goals.length - 6);
  });

  it('makes a page of all cells, policies and pictures', () => {
    const text = page(results, judged, ['somewhere']);
    for (const { scenario } of results.catalogue) expect(text).toMatch(new RegExp(`\\n\\| ${scenario.name} +\\|`));
    for (const { scenario, story } of workloads) expect(text).toContain(`- **${cellOf(scenario)}**: ${story}`);
    for (const { name, about } of policies) expect(text).toContain(`- **${name}**: ${about}`);
    for (const { path } of pictures) expect(text).toContain(`](${path})`);
    expect(text).not.toMatch(/undefined|NaN|Infinity/);
  });

  it('prints a line for each policy in a scenario', () => {
    const { columns, rows } = scenarioTable(results.catalogue[0] as (typeof results.catalogue)[number]);
    expect(rows.map(([name]) => name)).toEqual(policies.map(({ name }) => name));
    for (const row of rows) expect(row).toHaveLength(columns.length);
  });
});

describe('a goal', () => {
  it('is met at its very limit, and left out where nothing was found', () => {
    const at = { number: 0, what: '', atMost: 5, unit: '', of: () => 5 } as const;
    const found = [
      at,
      { ...at, of: () => 5.01 },
      { ...at, of: () => Number.NaN },
      { number: 0, what: '', atLeast: 5, unit: '', of: () => 4.99 } as const,
    ];
    expect(judgeGoals(found, results).map(({ met }) => met)).toEqual([true, false, false]);
  });
});

describe('a random scenario', () => {
  it('is the same for its seed and number', () => {
    expect(randomScenarios(5, 3)).toEqual(randomScenarios(5, 3));
    expect(randomScenarios(5, 3)[2]).not.toEqual(randomScenarios(6, 3)[2]);
    expect(randomScenarios(5, 9)[2]).toEqual(randomScenarios(5, 3)[2]);
  });

  it('has each kind of trouble among many, within its time', () => {
    const many = randomScenarios(1, 300);
    expect(new Set(many.flatMap(({ faults }) => faults.map(({ kind }) => kind))).size).toBe(8);
    for (const { faults, duration } of many) {
      for (const { from, to } of faults) {
        expect(from).toBeLessThan(to);
        expect(to).toBeLessThan(duration);
      }
    }
  });
});

describe('a picture', () => {
  it('shows each policy, and what became of its requests', () => {
    const journal = new Journal();
    for (const [i, fate] of (['useful', 'refused', 'failed'] as const).entries()) {
      journal.ended(journal.came(3_000 * i), fate, 10_000);
    }
    const drawn = outagePlot('A < B', scenarioOf(), [
      { policy: 'one', journal },
      { policy: 'other', journal },
    ]);
    expect(drawn.match(/<polygon/g)).toHaveLength(6);
    for (const text of ['A &lt; B', '>one<', '>other<', '>answered<', '>refused<', '>failed<'])
      expect(drawn).toContain(text);
  });
});

describe('the committed page', () => {
  const committed = readFileSync(new URL('../../../docs/protection.md', import.meta.url), 'utf8');

  it('has all goals, policies and cells of today', () => {
    for (const { what } of goals) expect(committed).toContain(`| ${what} `);
    for (const { name, about } of policies) expect(committed).toContain(`- **${name}**: ${about}`);
    for (const name of new Set(catalogue.map((scenario) => scenario.name))) expect(committed).toContain(`| ${name} `);
    for (const { scenario } of workloads) expect(committed).toContain(`| ${cellOf(scenario)} `);
  });
});
