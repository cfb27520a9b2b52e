import { describe, expect, it } from 'vitest';
import { policies, policyOf } from '../src/policies/all-policies.ts';
import { none } from '../src/policies/bounds.ts';
import type { Fault } from '../src/scenarios/fault.ts';
import { simulate } from '../src/simulation/simulate.ts';
import { counted, scenarioOf } from './scene.ts';

const down: Fault = { kind: 'crash', absence: 'hangs', from: 3_000, to: 6_000 };
const faults: Record<string, readonly Fault[]> = {
  crash: [{ ...down, absence: 'refuses' }],
  hang: [down],
  freeze: [{ kind: 'freeze', from: 3_000, to: 6_000 }],
  'a cold cache in a brownout': [
    { ...down, cold: { slower: 5, calls: 100 } },
    { kind: 'brownout', capacity: 0.3, from: 5_000, to: 8_000 },
  ],
};

describe.each(Object.keys(faults))('in a scene with %s', (name) => {
  const scenario = scenarioOf({ faults: faults[name] as readonly Fault[], retries: 2, noise: 0.02 });

  it.each(policies.map((policy) => [policy.name, policy] as const))(
    'with %s each request ends once, and each call that was let through is settled',
    async (_, policy) => {
      const counts = counted(policy);
      const journal = await simulate(scenario, counts, 3);
      const ended = (['useful', 'failed', 'refused'] as const).map((fate) => journal.count(fate));
      expect(journal.cameAt.length).toBeGreaterThan(400);
      expect(ended.reduce((sum, count) => sum + count)).toBe(journal.cameAt.length);
      expect(counts.settled).toBe(counts.proceeded);
      expect(counts.proceeded).toBe(journal.calledAt.length);
    },
  );
});

describe('a run', () => {
  const scenario = scenarioOf({ faults: [down], retries: 1 });

  it.each(['default', 'reference', 'opossum', 'cockatiel consecutive', 'sre throttle'])(
    'with %s is the same for the same seed, and another for another',
    async (name) => {
      // One after the other: packages have the clock of the whole process replaced.
      const one = await simulate(scenario, policyOf(name), 1);
      const same = await simulate(scenario, policyOf(name), 1);
      const other = await simulate(scenario, policyOf(name), 2);
      expect(same).toEqual(one);
      expect(other).not.toEqual(one);
    },
  );

  it('brings every policy the same requests', async () => {
    const journals = await Promise.all(
      ['none', 'oracle', 'default'].map((name) => simulate(scenario, policyOf(name), 1)),
    );
    expect(journals[1]?.cameAt).toEqual(journals[0]?.cameAt);
    expect(journals[2]?.cameAt).toEqual(journals[0]?.cameAt);
  });
});

describe('a healthy service', () => {
  // Erlang's formula for M/M/c: the mean time in it, in service times.
  const erlang = (servers: number, busy: number): number => {
    const load = servers * busy;
    let term = 1;
    let sum = 0;
    for (let k = 0; k < servers; k++) {
      sum += term;
      term *= load / (k + 1);
    }
    const waiting = term / (1 - busy) / (sum + term / (1 - busy));
    return 1 + waiting / (servers * (1 - busy));
  };

  it.each([
    [1, 0.5],
    [2, 0.6],
    [5, 0.8],
    [67, 0.9],
  ])(
    'with %i servers that are busy for %f of the time makes callers wait as queueing theory says',
    async (servers, busy) => {
      const service = 20;
      const rate = (1_000 * servers * busy) / service;
      const requests = 60_000;
      const patient = { rate, servers, service, timeout: 1e9, duration: (1_000 * requests) / rate };
      const { waited } = await simulate(scenarioOf(patient), none, 11);
      const mean = waited.reduce((sum, wait) => sum + wait, 0) / waited.length;
      expect(mean / service / erlang(servers, busy)).toBeCloseTo(1, 1);
    },
  );

  it('answers after the timeout of a client have no effect', async () => {
    const { fate, waited } = await simulate(scenarioOf({ timeout: 30 }), none, 1);
    expect(new Set(fate)).toEqual(new Set([1, 2]));
    expect(Math.max(...waited)).toBeLessThanOrEqual(30.000_001);
  });
});
