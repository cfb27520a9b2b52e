import { describe, expect, it } from 'vitest';
import {
  type Detector,
  type DetectorSetting,
  failureRate,
  slowCallRate,
  sustained,
  timeWindow,
} from '../../src/index.ts';
import { Noting, planOf } from '../detector/noting.ts';

describe('sustained', () => {
  const holding = (changes: Partial<DetectorSetting> = {}): Detector =>
    planOf(sustained(failureRate(0.5, { minimumCalls: 2 }), 100), changes).start(0);

  it('reports how long the rule has held, with its own name before the rule’s', () => {
    const detector = holding();
    detector.tell(true, 0, 1, undefined);
    expect(detector.tell(true, 10, 1, undefined)).toBeUndefined();
    expect(detector.tell(true, 109, 1, undefined)).toBeUndefined();
    expect(detector.tell(true, 110, 1, undefined)).toEqual({
      rule: 'sustained failureRate',
      evidence: { failureRate: 1, limit: 0.5, failures: 4, calls: 4, held: 100 },
    });
  });

  it('judges successes too: the rule may hold from the one that reaches its minimum', () => {
    const detector = holding();
    detector.tell(true, 0, 1, undefined);
    detector.tell(false, 10, 1, undefined);
    expect(detector.tell(true, 110, 1, undefined)).toBeDefined();
  });

  it('grants a lull only while the rule does not hold', () => {
    const detector = holding();
    expect(detector.lull).toBe(1);
    detector.tell(false, 0, 1, undefined);
    detector.tell(true, 0, 1, undefined);
    detector.tell(false, 0, 1, undefined);
    detector.tell(false, 0, 1, undefined);
    expect(detector.lull).toBeGreaterThan(1e9);
    for (let failures = 0; failures < 3; failures++) detector.tell(true, 0, 1, undefined);
    expect(detector.lull).toBe(0);
    detector.tell(false, 0, 1, undefined);
    expect(detector.lull).toBe(0);
  });

  it('grants the same lull as its rule', () => {
    const plan = planOf(sustained(slowCallRate(0.5, { slowerThan: 80 }), 100), { window: timeWindow(100) });
    const detector = plan.start(0);
    detector.tell(false, 25, 1, undefined);
    expect([detector.lullUnder, detector.lullUntil]).toEqual([80, 30]);
    expect(plan.slowerThan).toBe(80);
  });

  it('counts skipped successes, and shows them', () => {
    const detector = holding();
    detector.tell(false, 0, 1, undefined);
    detector.skip(4);
    expect(detector.readings(0).calls).toBe(5);
  });

  it('restarts its wait when it is cleared', () => {
    const detector = holding();
    detector.tell(true, 0, 1, undefined);
    detector.tell(true, 0, 1, undefined);
    detector.clear(50);
    expect(detector.readings(50).calls).toBe(0);
    expect(detector.lull).toBe(1);
    detector.tell(true, 60, 1, undefined);
    expect(detector.tell(true, 110, 1, undefined)).toBeUndefined();
    expect(detector.tell(true, 209, 1, undefined)).toBeUndefined();
    expect(detector.tell(true, 210, 1, undefined)).toBeDefined();
  });

  it('takes over the evidence of a sustained detector, not of others', () => {
    const plan = planOf(sustained(failureRate(0.5), 100));
    const before = plan.start(0);
    before.tell(true, 0, 1, undefined);
    expect(plan.start(1, before).readings(1).calls).toBe(1);
    expect(plan.start(1, new Noting()).readings(1).calls).toBe(0);
  });
});
