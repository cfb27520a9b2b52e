import { describe, expect, it } from 'vitest';
import { type Blueprint, blueprintOf } from '../../src/circuit/blueprint.ts';
import { defaultsFor } from '../../src/circuit/defaults.ts';
import { resolveOptions } from '../../src/circuit/resolve-options.ts';
import {
  type BreakerOptions,
  countWindow,
  cusum,
  failureRate,
  fixed,
  probes,
  type RecoverRecipe,
  rule,
  sustained,
  type VitalsRecipe,
} from '../../src/index.ts';
import { learnedVitals } from '../../src/vitals/learned-vitals.ts';
import { observed } from '../breaker/breakers.ts';

const of = (options: Partial<BreakerOptions>, before?: Blueprint) =>
  blueprintOf(resolveOptions({ name: 'payments', ...options }, defaultsFor(options)), before);

describe('a blueprint', () => {
  it('is shared by breakers made alike, whatever their names', () => {
    expect(of({ name: 'orders' })).toBe(of({ name: 'payments' }));
    expect(of({ name: 'orders', openFor: fixed(1) })).not.toBe(of({ name: 'payments', openFor: fixed(2) }));
  });

  it.each<[part: string, kept: boolean, change: Partial<BreakerOptions>]>([
    ['rule', false, { openWhen: failureRate(0.6) }],
    ['window', false, { window: countWindow(9) }],
    ['evaluateOn', false, { evaluateOn: 'any' }],
    ['permitTimeout', false, { permitTimeout: 5 }],
    ['wait and an equal rule', true, { openFor: fixed(7), openWhen: failureRate(0.5) }],
    ['recovery', true, { recover: probes({ permitted: 7 }) }],
  ])('with another %s has the detection of the one before: %j', (_part, kept, change) => {
    const before = of({ openWhen: failureRate(0.5) });
    const after = of({ openWhen: failureRate(0.5), ...change }, before);
    expect(after).not.toBe(before);
    expect(after.detection === before.detection).toBe(kept);
  });

  const counted = () => ({ openWhen: failureRate(0.5), recover: probes({ permitted: 2 }) });
  const sampled = () => ({ openWhen: failureRate(0.5), recover: probes({ permitted: 2, sample: 2 }) });

  it.each<[part: string, kept: boolean, options: Partial<BreakerOptions>, change: Partial<BreakerOptions>]>([
    ['recovery', false, counted(), { recover: probes({ permitted: 3 }) }],
    ['permitTimeout', false, counted(), { permitTimeout: 5 }],
    ['rule, which the recovery does not read', true, counted(), { openWhen: failureRate(0.6) }],
    ['rule, which the recovery reads', false, sampled(), { openWhen: failureRate(0.6) }],
    ['wait, an equal rule and an equal recovery', true, sampled(), { ...sampled(), openFor: fixed(7) }],
  ])('with another %s has the recovery of the one before: %j', (_part, kept, options, change) => {
    const before = of(options);
    const after = of({ ...options, ...change }, before);
    expect(after).not.toBe(before);
    expect(after.recovery === before.recovery).toBe(kept);
  });

  it('has the vitals of the user; without, those of detection, of openFor or of recovery, in this order', () => {
    const [user, detection, openFor, recovery] = [1, 2, 3, 4].map((): VitalsRecipe => ({ ...learnedVitals }));
    const openWhen = cusum();
    const asks = {
      openWhen: { build: (setting) => ({ ...openWhen.build(setting), vitals: detection }) },
      openFor: Object.assign(() => 5, { vitals: openFor }),
      recover: { build: (setting) => ({ ...probes({ permitted: 1 }).build(setting), vitals: recovery }) },
    } satisfies Partial<BreakerOptions>;
    expect(of({ ...asks, vitals: user as VitalsRecipe }).vitals).toBe(user);
    expect(of(asks).vitals).toBe(detection);
    expect(of({ ...asks, openWhen }).vitals).toBe(openFor);
    expect(of({ openWhen, recover: asks.recover }).vitals).toBe(recovery);
    expect(of({ openWhen }).vitals).toBeUndefined();
    expect(of({}).vitals).toBe(learnedVitals);
  });
});

describe('a recovery is told the rule of its breaker', () => {
  const told = (openWhen: NonNullable<BreakerOptions['openWhen']>) => {
    const rules: unknown[] = [];
    const recover: RecoverRecipe = {
      build(setting) {
        rules.push(setting.rule);
        return probes({ permitted: 1 }).build(setting);
      },
    };
    observed({ openWhen, recover });
    return rules;
  };

  it('if it has one; a detector of another kind is none', () => {
    const own = rule({ judge: () => undefined });
    expect(told(own)).toEqual([own]);
    expect(told(cusum())).toEqual([undefined]);
    expect(told(sustained(own, 5))).toEqual([undefined]);
  });
});
