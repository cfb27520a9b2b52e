import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { figuresOf } from '../src/figures/figures.ts';
import { none } from '../src/policies/bounds.ts';
import { otherBuild } from '../src/policies/other-build.ts';
import type { Policy } from '../src/policies/policy.ts';
import { randomStream } from '../src/random/random-stream.ts';
import { pairedTable } from '../src/report/paired-tables.ts';
import type { Played } from '../src/results/play.ts';
import { freeQueues } from '../src/scenarios/free-queues.ts';
import type { Work } from '../src/scenarios/scenario.ts';
import { again } from '../src/scenarios/workload.ts';
import { workloads } from '../src/scenarios/workloads.ts';
import { Journal } from '../src/simulation/journal.ts';
import { simulate } from '../src/simulation/simulate.ts';
import { workDraw } from '../src/simulation/work.ts';
import { scenarioOf } from './scene.ts';

describe('work', () => {
  it.each<[string, Work, number]>([
    ['exponential', 'exponential', 1],
    ['log-normal', 'log-normal', Math.sqrt(Math.E - 1)],
    ['two kinds', { rare: 0.2 }, 1.77],
  ])('that is %s has the mean 1, and spreads as its formula says', (_, work, deviation) => {
    const random = randomStream(3, 'work');
    const drawn = Array.from({ length: 100_000 }, () => workDraw(work, random));
    const mean = drawn.reduce((sum, each) => sum + each) / drawn.length;
    const variance = drawn.reduce((sum, each) => sum + (each - mean) ** 2, 0) / drawn.length;
    expect(mean).toBeCloseTo(1, 1);
    expect(Math.sqrt(variance) / deviation).toBeCloseTo(1, 1);
  });
});

describe('a burst', () => {
  it('comes at its time, on top of the requests that come by chance', async () => {
    const bursts = [{ at: 2_000, calls: 3, over: 0 }, ...again(4, 4_000, 8_000, 100)];
    const alone = await simulate(scenarioOf({ rate: 0, bursts }), none, 1);
    expect(alone.cameAt).toEqual([2_000, 2_000, 2_000, 4_000, 4_025, 4_050, 4_075]);
    const [without, together] = [
      await simulate(scenarioOf(), none, 1),
      await simulate(scenarioOf({ bursts }), none, 1),
    ];
    expect(together.cameAt.length).toBeGreaterThan(0.9 * without.cameAt.length + 7);
    for (const at of alone.cameAt) expect(together.cameAt).toContain(at);
  });
});

describe('failures in runs', () => {
  it('are as many as in the scenario, and come one after the other', async () => {
    const { fate } = await simulate(scenarioOf({ noise: 0.2, run: 5, duration: 400_000 }), none, 1);
    const failed = fate.map((each) => each === 2);
    const count = failed.filter(Boolean).length;
    const runs = failed.filter((each, i) => each && !failed[i - 1]).length;
    expect(count / fate.length).toBeCloseTo(0.2, 1);
    expect(count / runs).toBeGreaterThan(4);
    expect(count / runs).toBeLessThan(6);
  });
});

/** Lets all calls through, and notes when it was asked and told of an ending. */
function noting(): Policy & { starts: number; times: number[] } {
  const policy = {
    ...none,
    starts: 0,
    times: [] as number[],
    start() {
      policy.starts++;
      return {
        ask(caller: { proceed(): void }, at: number) {
          policy.times.push(at);
          caller.proceed();
        },
        settle: (_pass: unknown, _succeeded: boolean, at: number) => policy.times.push(at),
      };
    },
  };
  return policy as Policy & typeof policy;
}

describe('an event loop that stands still', () => {
  it('asks and is told afterwards, once for each call', async () => {
    const policy = noting();
    const stalls = { lasting: 400, every: 1_500 };
    const journal = await simulate(scenarioOf({ stalls, timeout: 200, service: 100 }), policy, 1);
    expect(policy.times.every((at) => at % 1_500 >= 399.999)).toBe(true);
    expect(policy.times).toHaveLength(2 * journal.cameAt.length);
    expect(journal.count('under way')).toBe(0);
  });
});

describe('short-lived instances', () => {
  it('follow each other after as many calls as they live', async () => {
    const policy = noting();
    const journal = await simulate(scenarioOf({ lifetime: [20, 30] }), policy, 1);
    expect(policy.starts).toBeGreaterThanOrEqual(Math.ceil(journal.cameAt.length / 30));
    expect(policy.starts).toBeLessThanOrEqual(Math.ceil(journal.cameAt.length / 20));
  });
});

describe('workloads', () => {
  it('have names of their own, and each queue the goal of its kind', () => {
    expect(new Set(workloads.map(({ scenario }) => `${scenario.name}@${scenario.traffic}`)).size).toBe(
      workloads.length,
    );
    expect([...new Set(freeQueues.map(({ wanted }) => wanted.limited))]).toEqual([3, 20]);
  });

  it('count calls until the first refusal, and how often a day traffic is limited', () => {
    const journal = new Journal();
    for (const at of [500, 1_000, 1_500]) {
      journal.calledAt.push(at);
      journal.ended(journal.came(at), 'failed', at);
    }
    journal.ended(journal.came(2_000), 'refused', 2_000);
    journal.limited = 2;
    const faults = [{ kind: 'freeze', from: 1_000, to: 5_000 }] as const;
    const figures = figuresOf(scenarioOf({ faults, duration: 8_640_000 }), journal);
    expect([figures.noticed, figures.limited]).toEqual([2, 20]);
  });
});

describe('another build', () => {
  it('is loaded from its directory and played like this one', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'protection-'));
    try {
      mkdirSync(join(directory, 'dist'));
      writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
      const breaker = '{ subscribe() {}, tryAcquire: () => undefined }';
      const code = `export const adaptive = () => ({}); export const createBreaker = () => (${breaker});`;
      writeFileSync(join(directory, 'dist/index.js'), code);
      const journal = await simulate(scenarioOf(), await otherBuild(directory), 1);
      expect(journal.count('refused')).toBe(journal.cameAt.length);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('is compared in the same scenarios', () => {
    const played = (oracle: number, ours: number, theirs: number): Played =>
      ({
        scenario: scenarioOf(),
        outcomes: { none: { cost: 100 }, oracle: { cost: oracle }, default: { cost: ours }, other: { cost: theirs } },
      }) as unknown as Played;
    const { rows } = pairedTable([played(10, 20, 40), played(20, 30, 50)], ['other']);
    expect(rows[1]).toEqual(['other', '30 ± 0', '3 x', '0 %', '-20 ± 0', '-20']);
  });
});
