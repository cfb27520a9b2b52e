import { describe, expect, it } from 'vitest';
import {
  anyOf,
  consecutiveFailures,
  countWindow,
  type Detector,
  type DetectorPlan,
  type DetectorRecipe,
  type DetectorSetting,
  failureCount,
  failureRate,
  meanLatency,
  type Rule,
  slowCallRate,
  sustained,
  timeWindow,
  tumblingWindow,
  type Verdict,
} from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';

/** A detector that notes what it is told, and says what it is given to say. */
class Noting implements Detector {
  lull = Number.POSITIVE_INFINITY;
  until = Number.POSITIVE_INFINITY;
  under = Number.POSITIVE_INFINITY;
  readonly heard: string[] = [];
  says: Verdict | undefined;

  tell(failed: boolean, at: number, duration: number, kind: string | undefined): Verdict | undefined {
    this.heard.push(`tell ${failed} ${at} ${duration} ${kind}`);
    return this.says;
  }

  admitting(at: number): Verdict | undefined {
    this.heard.push(`admitting ${at}`);
    return this.says;
  }

  released(started: number): void {
    this.heard.push(`released ${started}`);
  }

  skip(successes: number): void {
    this.heard.push(`skip ${successes}`);
  }

  clear(at: number): void {
    this.heard.push(`clear ${at}`);
  }

  readings() {
    return { calls: 7, failures: 0, slow: 0, failureRate: null, slowCallRate: null };
  }
}

function recipeOf(detector: Detector, plan: Partial<DetectorPlan> = {}): DetectorRecipe {
  const says = { clockReads: 0, slowerThan: Number.POSITIVE_INFINITY, anchored: false, ...plan } as const;
  return { build: () => ({ ...says, start: () => detector, ...plan }) };
}

const setting: DetectorSetting = { window: countWindow(100), evaluateOn: 'failure', permitTimeout: 1_000 };
const planOf = (recipe: DetectorRecipe, changes: Partial<DetectorSetting> = {}): DetectorPlan =>
  recipe.build({ ...setting, ...changes });

/** A rule judged over a window, seen beside a detector that holds nothing back. */
const judging = (rule: Rule, changes: Partial<DetectorSetting> = {}): Detector =>
  planOf(anyOf(rule, recipeOf(new Noting())), changes).start(0);

describe('detectors side by side', () => {
  it('are all told the same, also after one has spoken', () => {
    const [one, other] = [new Noting(), new Noting()];
    const both = planOf(anyOf(recipeOf(one), recipeOf(other))).start(0);
    one.says = { rule: 'one' };
    other.says = { rule: 'other' };
    expect(both.tell(true, 5, 3, '503')).toEqual({ rule: 'one' });
    expect(both.admitting?.(6)).toEqual({ rule: 'one' });
    both.released?.(4);
    both.skip(9);
    both.clear(8);
    expect(one.heard).toEqual(['tell true 5 3 503', 'admitting 6', 'released 4', 'skip 9', 'clear 8']);
    expect(other.heard).toEqual(one.heard);
  });

  it('speak as soon as one of them does', () => {
    const [one, other] = [new Noting(), new Noting()];
    const both = planOf(anyOf(recipeOf(one), recipeOf(other))).start(0);
    expect([both.tell(true, 5, 3, undefined), both.admitting?.(5)]).toEqual([undefined, undefined]);
    other.says = { rule: 'other' };
    expect([both.tell(true, 5, 3, undefined), both.admitting?.(5)]).toEqual([other.says, other.says]);
  });

  it('need not know of admissions', () => {
    const { admitting: _, released: __, ...plain } = judging(failureCount(1));
    const both = planOf(anyOf(recipeOf({ ...plain } as Detector), recipeOf(judging(failureCount(1))))).start(0);
    expect(both.admitting?.(5)).toBeUndefined();
    expect(() => both.released?.(5)).not.toThrow();
  });

  it('grant the lull that all of them grant', () => {
    const [one, other] = [new Noting(), new Noting()];
    Object.assign(one, { lull: 3, until: 40, under: 500 });
    Object.assign(other, { lull: 30, until: 4, under: 50 });
    expect(planOf(anyOf(recipeOf(one), recipeOf(other))).start(0)).toMatchObject({ lull: 3, until: 4, under: 50 });
  });

  it('show the readings of the first', () => {
    const of = anyOf(recipeOf(new Noting()), recipeOf(judging(failureCount(1))));
    expect(planOf(of).start(0).readings(0).calls).toBe(7);
    expect(judging(failureCount(1)).readings(0).calls).toBe(0);
  });

  it('ask for what any of them needs', () => {
    const quiet = recipeOf(new Noting());
    const keen = recipeOf(new Noting(), { clockReads: 2, slowerThan: 80, watches: true, anchored: true });
    const nothing = { clockReads: 0, slowerThan: Number.POSITIVE_INFINITY, watches: false, anchored: false };
    expect(planOf(anyOf(quiet, quiet))).toMatchObject(nothing);
    const all = { clockReads: 2, slowerThan: 80, watches: true, anchored: true };
    expect(planOf(anyOf(quiet, keen))).toMatchObject(all);
    expect(planOf(anyOf(keen, quiet))).toMatchObject(all);
  });

  it('go on with what they have seen, each with its own', () => {
    const plan = planOf(anyOf(failureCount(9), sustained(failureCount(9), 5)));
    const before = plan.start(0);
    before.tell(true, 0, 1, undefined);
    expect(plan.start(1, before).readings(1).calls).toBe(1);
    expect(plan.start(1, new Noting()).readings(1).calls).toBe(0);
    expect(plan.start(1).readings(1).calls).toBe(0);
  });
});

describe('a rule over a window', () => {
  it('grants a lull until its next failure where successes are not judged', () => {
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

  it('where they are judged, grants one up to the call that completes its minimum, and after that', () => {
    const detector = judging(failureRate(0.5, { minimumCalls: 5 }), { evaluateOn: 'any' });
    expect(detector.lull).toBe(4);
    detector.tell(false, 0, 1, undefined);
    expect(detector.lull).toBe(3);
    detector.skip(3);
    expect(detector.lull).toBe(0);
    detector.tell(false, 0, 1, undefined);
    expect(detector.lull).toBeGreaterThan(1e9);
  });

  it('grants none where a success may be what it waits for', () => {
    const detector = judging(meanLatency(100), { evaluateOn: 'any' });
    expect(detector.lull).toBe(0);
    expect(judging(meanLatency(100)).lull).toBeGreaterThan(1e9);
  });

  it('without a minimum of its own judges from the first call', () => {
    const judged = judging({ judge: ({ calls }) => ({ rule: 'mine', evidence: { calls } }) });
    expect(judged.tell(true, 0, 1, undefined)).toEqual({ rule: 'mine', evidence: { calls: 1 } });
    expect(judging({ easedBySuccess: true, judge: () => undefined }, { evaluateOn: 'any' }).lull).toBe(0);
  });

  it('grants its lull to calls that no measure of its counts, for as long as its window stands still', () => {
    expect(judging(failureRate(0.5)).under).toBe(Number.POSITIVE_INFINITY);
    expect(judging(slowCallRate(0.5, { slowerThan: 80 })).under).toBe(80);
    const timed = judging(failureRate(0.5), { window: timeWindow(100) });
    timed.tell(false, 25, 1, undefined);
    expect(timed.until).toBe(30);
  });

  it('judges a success where it is asked to, or where the success adds to its measure', () => {
    const always: Rule = { judge: () => ({ rule: 'always' }) };
    expect(judging(always).tell(false, 0, 1, undefined)).toBeUndefined();
    expect(judging(always, { evaluateOn: 'any' }).tell(false, 0, 1, undefined)).toEqual({ rule: 'always' });
    const slow = slowCallRate(0.1, { slowerThan: 80, minimumCalls: 1 });
    expect(judging(slow).tell(false, 0, 80, undefined)).toBeDefined();
    expect(judging(slow).tell(false, 0, 79, undefined)).toBeUndefined();
  });

  it('sums to nothing what a rule did not ask to have summed', () => {
    const { measure: slow } = slowCallRate(0.5, { slowerThan: 80 });
    const { measure: mean } = meanLatency(100);
    const asking = (own: Rule['measure']): unknown => {
      const judge: Rule['judge'] = (tally) => ({ rule: 'asking', evidence: { sum: slow ? tally.total(slow) : -1 } });
      const rule = own ? { measure: own, judge } : { judge };
      const { breaker } = observed({ openWhen: rule });
      breaker.acquire().settle('failure', 80);
      expect(judging(rule).tell(true, 0, 80, undefined)).toMatchObject({ evidence: { sum: own === slow ? 1 : 0 } });
      return breaker.metrics().evidence?.['sum'];
    };
    expect([asking(slow), asking(mean), asking(undefined)]).toEqual([1, 0, 0]);
  });

  it('leaves out a call that began before its window did, to the very instant', () => {
    const detector = judging(failureCount(9), { window: tumblingWindow(100) });
    detector.tell(true, 110, 10, undefined);
    expect(detector.readings(110).calls).toBe(1);
    detector.tell(true, 111, 11.5, undefined);
    expect(detector.readings(111).calls).toBe(1);
  });

  it('ends a row of failures with the window it was seen in, and keeps it within', () => {
    const detector = judging(consecutiveFailures(2), { window: tumblingWindow(100) });
    detector.tell(true, 10, 1, undefined);
    expect(detector.tell(true, 110, 1, undefined)).toBeUndefined();
    expect(detector.tell(true, 120, 1, undefined)).toBeDefined();
  });

  it('reads what its window remembers now', () => {
    const detector = judging(slowCallRate(0.5, { slowerThan: 80, minimumCalls: 2 }), { window: timeWindow(100) });
    const nothing = { calls: 0, failures: 0, slow: 0, failureRate: null, slowCallRate: null };
    expect(detector.readings(0)).toEqual(nothing);
    detector.tell(true, 5, 80, undefined);
    expect(detector.readings(5)).toEqual({ ...nothing, calls: 1, failures: 1, slow: 1 });
    detector.tell(false, 5, 1, undefined);
    expect(detector.readings(5)).toEqual({ calls: 2, failures: 1, slow: 1, failureRate: 0.5, slowCallRate: 0.5 });
    expect(detector.readings(105)).toEqual(nothing);
  });

  it('reads no share of slow calls where nobody counts them, nor any share of no calls', () => {
    const detector = judging(failureRate(0.5, { minimumCalls: 1 }));
    expect(detector.readings(0).failureRate).toBeNull();
    detector.tell(true, 5, 80, undefined);
    expect(detector.readings(5)).toMatchObject({ slow: 0, failureRate: 1, slowCallRate: null });
    const free = judging({ minimumCalls: 0, judge: () => undefined } as Rule);
    expect(free.readings(0).failureRate).toBeNull();
  });
});

describe('sustained', () => {
  const holding = (changes: Partial<DetectorSetting> = {}): Detector =>
    planOf(sustained(failureRate(0.5, { minimumCalls: 2 }), 100), changes).start(0);

  it('says how long the rule has held, under its own name beside the rule’s', () => {
    const detector = holding();
    detector.tell(true, 0, 1, undefined);
    expect(detector.tell(true, 10, 1, undefined)).toBeUndefined();
    expect(detector.tell(true, 109, 1, undefined)).toBeUndefined();
    expect(detector.tell(true, 110, 1, undefined)).toEqual({
      rule: 'sustained failureRate',
      evidence: { failureRate: 1, limit: 0.5, failures: 4, calls: 4, held: 100 },
    });
  });

  it('judges successes too: the rule holds from the one that completes its minimum', () => {
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
    detector.tell(true, 0, 1, undefined);
    detector.tell(true, 0, 1, undefined);
    detector.tell(true, 0, 1, undefined);
    expect(detector.lull).toBe(0);
  });

  it('grants it to the calls, and for the time, that its rule does', () => {
    const plan = planOf(sustained(slowCallRate(0.5, { slowerThan: 80 }), 100), { window: timeWindow(100) });
    const detector = plan.start(0);
    detector.tell(false, 25, 1, undefined);
    expect([detector.under, detector.until]).toEqual([80, 30]);
    expect(plan.slowerThan).toBe(80);
  });

  it('counts what it is told was skipped, and shows it', () => {
    const detector = holding();
    detector.tell(false, 0, 1, undefined);
    detector.skip(4);
    expect(detector.readings(0).calls).toBe(5);
  });

  it('begins its wait anew when it is cleared', () => {
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

  it('takes over what the one before it has seen, and no other detector’s', () => {
    const plan = planOf(sustained(failureRate(0.5), 100));
    const before = plan.start(0);
    before.tell(true, 0, 1, undefined);
    expect(plan.start(1, before).readings(1).calls).toBe(1);
    expect(plan.start(1, new Noting()).readings(1).calls).toBe(0);
  });
});
