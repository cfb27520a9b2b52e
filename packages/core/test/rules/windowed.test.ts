import { describe, expect, it } from 'vitest';
import {
  allOf,
  consecutiveFailures,
  countWindow,
  failureCount,
  failureRate,
  type Measure,
  meanLatency,
  type Rule,
  rule,
  slowCallCount,
  slowCallRate,
  sustained,
  timeWindow,
  tumblingWindow,
  type WindowRecipe,
} from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';
import { judging, planOf } from '../detector/noting.ts';

describe('a rule over a window', () => {
  it('grants a lull until the next failure if successes are not judged', () => {
    const detector = judging(failureRate(0.5));
    expect(detector.lull).toBeGreaterThan(1e9);
    expect(detector.lull).toBeLessThan(2 ** 30);
    detector.tell(true, 0, 1, undefined);
    expect(detector.lull).toBe(0);
    detector.tell(false, 0, 1, undefined);
    expect(detector.lull).toBeGreaterThan(1e9);
    detector.tell(true, 0, 1, undefined);
    detector.clear(0);
    expect(detector.lull).toBeGreaterThan(1e9);
  });

  it('grants one up to the call that reaches its minimum, and after that, if they are judged', () => {
    const detector = judging(failureRate(0.5, { minimumCalls: 5 }), { evaluateOn: 'any' });
    expect(detector.lull).toBe(4);
    detector.tell(false, 0, 1, undefined);
    expect(detector.lull).toBe(3);
    detector.skip(3);
    expect(detector.lull).toBe(0);
    detector.tell(false, 0, 1, undefined);
    expect(detector.lull).toBeGreaterThan(1e9);
  });

  it('grants none if a success may lead to a verdict', () => {
    const detector = judging(meanLatency(100), { evaluateOn: 'any' });
    expect(detector.lull).toBe(0);
    expect(judging(meanLatency(100)).lull).toBeGreaterThan(1e9);
  });

  it('judges from the first call if it has no minimum', () => {
    const judged = judging(rule({ judge: ({ calls }) => ({ rule: 'mine', evidence: { calls } }) }));
    expect(judged.tell(true, 0, 1, undefined)).toEqual({ rule: 'mine', evidence: { calls: 1 } });
    expect(judging(rule({ easedBySuccess: true, judge: () => undefined }), { evaluateOn: 'any' }).lull).toBe(0);
  });

  it('grants its lull for calls that its measures do not count, until its window moves', () => {
    expect(judging(failureRate(0.5)).lullUnder).toBe(Number.POSITIVE_INFINITY);
    expect(judging(slowCallRate(0.5, { slowerThan: 80 })).lullUnder).toBe(80);
    const timed = judging(failureRate(0.5), { window: timeWindow(100) });
    timed.tell(false, 25, 1, undefined);
    expect(timed.lullUntil).toBe(30);
  });

  it('judges a success if it is asked to, or if the success adds to its measure', () => {
    const always = rule({ judge: () => ({ rule: 'always' }) });
    expect(judging(always).tell(false, 0, 1, undefined)).toBeUndefined();
    expect(judging(always, { evaluateOn: 'any' }).tell(false, 0, 1, undefined)).toEqual({ rule: 'always' });
    const slow = slowCallRate(0.1, { slowerThan: 80, minimumCalls: 1 });
    expect(judging(slow).tell(false, 0, 80, undefined)).toBeDefined();
    expect(judging(slow).tell(false, 0, 79, undefined)).toBeUndefined();
  });

  it('lets a rule destructure its tally', () => {
    const mean = meanLatency(1, { minimumCalls: 1 });
    const measure = mean.measure as Measure;
    const own = rule({
      measure,
      judge: ({ calls, total }) => ({ rule: 'mine', evidence: { mean: total(measure) / calls } }),
    });
    expect(judging(own).tell(true, 0, 80, undefined)).toMatchObject({ evidence: { mean: 80 } });
  });

  it('returns 0 for a measure that the rule does not have', () => {
    const { measure: slow } = slowCallRate(0.5, { slowerThan: 80 });
    const { measure: mean } = meanLatency(100);
    const asking = (own: Rule['measure']): unknown => {
      const judge: Rule['judge'] = (tally) => ({ rule: 'asking', evidence: { sum: slow ? tally.total(slow) : -1 } });
      const asked = rule(own ? { measure: own, judge } : { judge });
      const { breaker } = observed({ openWhen: asked });
      breaker.acquire().settle('failure', 80);
      expect(judging(asked).tell(true, 0, 80, undefined)).toMatchObject({ evidence: { sum: own === slow ? 1 : 0 } });
      return breaker.metrics().evidence?.['sum'];
    };
    expect([asking(slow), asking(mean), asking(undefined)]).toEqual([1, 0, 0]);
  });

  it('reads each measure of several rules from its own column', () => {
    const openWhen = allOf(meanLatency(100, { minimumCalls: 1 }), slowCallCount(1, { slowerThan: 80 }));
    const { breaker } = observed({ openWhen });
    breaker.acquire().settle('success', 200);
    expect(breaker.metrics().evidence).toMatchObject({ 'meanLatency.mean': 200, 'slowCallCount.slow': 1 });
  });

  it('leaves out a call that began before its window did, exact to the instant', () => {
    const detector = judging(failureCount(9), { window: tumblingWindow(100) });
    detector.tell(true, 110, 10, undefined);
    expect(detector.readings(110).calls).toBe(1);
    detector.tell(true, 111, 11.5, undefined);
    expect(detector.readings(111).calls).toBe(1);
  });

  it('keeps a row of failures only within its window', () => {
    const detector = judging(consecutiveFailures(2), { window: tumblingWindow(100) });
    detector.tell(true, 10, 1, undefined);
    expect(detector.tell(true, 110, 1, undefined)).toBeUndefined();
    expect(detector.tell(true, 120, 1, undefined)).toBeDefined();
  });

  it('starts with the breaker only if its window must', () => {
    const anchored = (window: WindowRecipe) => planOf(sustained(failureCount(1), 1), { window }).anchored === true;
    expect([countWindow(5), timeWindow(5), tumblingWindow()].map(anchored)).toEqual([false, false, false]);
    expect([timeWindow(5, { align: 'first-tick' }), tumblingWindow(5)].map(anchored)).toEqual([true, true]);
  });

  it('shows what its window remembers now', () => {
    const detector = judging(slowCallRate(0.5, { slowerThan: 80, minimumCalls: 2 }), { window: timeWindow(100) });
    const nothing = { calls: 0, failures: 0, slow: 0 };
    expect(detector.readings(0)).toEqual(nothing);
    detector.tell(true, 5, 80, undefined);
    expect(detector.readings(5)).toEqual({ ...nothing, calls: 1, failures: 1, slow: 1 });
    detector.tell(false, 5, 1, undefined);
    expect(detector.readings(5)).toEqual({ calls: 2, failures: 1, slow: 1, failureRate: 0.5, slowCallRate: 0.5 });
    expect(detector.readings(105)).toEqual(nothing);
  });

  it('shows no share of slow calls if they are not counted, and no share without calls', () => {
    const detector = judging(failureRate(0.5, { minimumCalls: 1 }));
    expect(detector.readings(0).failureRate).toBeUndefined();
    detector.tell(true, 5, 80, undefined);
    expect(detector.readings(5)).toMatchObject({ slow: 0, failureRate: 1 });
    const free = judging(rule({ minimumCalls: 0, judge: () => undefined }));
    expect(free.readings(0).failureRate).toBeUndefined();
  });
});
