import { describe, expect, it } from 'vitest';
import { policyOf } from '../src/policies/all-policies.ts';
import { TURNS, withFakeTime } from '../src/policies/fake-time.ts';
import { opossum } from '../src/policies/packages.ts';
import type { Guard, World } from '../src/policies/policy.ts';
import { simulate } from '../src/simulation/simulate.ts';
import { scenarioOf } from './scene.ts';

describe('a package', () => {
  const faults = [{ kind: 'crash', absence: 'refuses', from: 20_000, to: 45_000 }] as const;
  const world = (): World => ({ now: () => 0, random: Math.random, secrets: undefined as unknown as World['secrets'] });

  it('has the real clock back when its run is over', async () => {
    await simulate(scenarioOf({ duration: 100 }), opossum, 1);
    expect(Date.now()).toBeGreaterThan(1e12);
    expect(setTimeout.name).toBe('setTimeout');
  });

  it.each(['opossum', 'cockatiel consecutive', 'cockatiel sampling'])(
    '%s has taken note of an ending when the next call comes',
    async (name) => {
      const policy = policyOf(name);
      const patient = {
        ...policy,
        start(given: World): Guard {
          const guard = policy.start(given);
          const idle = async (): Promise<void> => {
            await guard.idle?.();
            await guard.idle?.();
          };
          return { ...guard, idle };
        },
      };
      const scenario = scenarioOf({ faults, duration: 60_000 });
      const [once, twice] = [await simulate(scenario, policy, 9), await simulate(scenario, patient, 9)];
      expect(once.count('refused')).toBeGreaterThan(10);
      expect(twice).toEqual(once);
    },
  );

  it('that lets callers wait is neither refused nor answered for them before it decides', async () => {
    let release: () => void = () => {};
    const fire = async (call: () => Promise<unknown>): Promise<unknown> => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return call();
    };
    const guard = withFakeTime(world(), () => ({ fire }), TURNS);
    const answers: string[] = [];
    guard.ask({ proceed: () => answers.push('proceed'), refuse: () => answers.push('refuse') }, 0);
    await guard.idle?.();
    expect(answers).toEqual([]);
    release();
    await guard.idle?.();
    guard.stop?.();
    expect(answers).toEqual(['proceed']);
  });
});
