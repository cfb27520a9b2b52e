import { describe, expect, it } from 'vitest';
import { anyOf, type Detector, failureCount, sustained } from '../../src/index.ts';
import { judging, Noting, planOf, recipeOf } from '../detector/noting.ts';

describe('detectors side by side', () => {
  it('all receive the same calls, even after one has reached a verdict', () => {
    const [one, other] = [new Noting(), new Noting()];
    const both = planOf(anyOf(recipeOf(one), recipeOf(other))).start(0);
    one.says = { rule: 'one' };
    other.says = { rule: 'other' };
    expect(both.tell(true, 5, 3, '503')).toEqual({ rule: 'one' });
    expect(both.admitting?.(6)).toEqual({ rule: 'one' });
    both.released?.(4);
    both.skip(9);
    both.clear(8);
    expect(one.received).toEqual(['tell true 5 3 503', 'admitting 6', 'released 4', 'skip 9', 'clear 8']);
    expect(other.received).toEqual(one.received);
  });

  it('reach a verdict as soon as one of them does', () => {
    const [one, other] = [new Noting(), new Noting()];
    const both = planOf(anyOf(recipeOf(one), recipeOf(other))).start(0);
    expect([both.tell(true, 5, 3, undefined), both.admitting?.(5)]).toEqual([undefined, undefined]);
    other.says = { rule: 'other' };
    expect([both.tell(true, 5, 3, undefined), both.admitting?.(5)]).toEqual([other.says, other.says]);
  });

  it('need not observe admissions', () => {
    const { admitting: _, released: __, ...plain } = judging(failureCount(1));
    const both = planOf(anyOf(recipeOf({ ...plain } as Detector), recipeOf(judging(failureCount(1))))).start(0);
    expect(both.admitting?.(5)).toBeUndefined();
    expect(() => both.released?.(5)).not.toThrow();
  });

  it('grant the lull that all of them grant', () => {
    const [one, other] = [new Noting(), new Noting()];
    Object.assign(one, { lull: 3, lullUntil: 40, lullUnder: 500 });
    Object.assign(other, { lull: 30, lullUntil: 4, lullUnder: 50 });
    expect(planOf(anyOf(recipeOf(one), recipeOf(other))).start(0)).toMatchObject({
      lull: 3,
      lullUntil: 4,
      lullUnder: 50,
    });
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

  it('each keep their own evidence', () => {
    const plan = planOf(anyOf(failureCount(9), sustained(failureCount(9), 5)));
    const before = plan.start(0);
    before.tell(true, 0, 1, undefined);
    expect(plan.start(1, before).readings(1).calls).toBe(1);
    expect(plan.start(1, new Noting()).readings(1).calls).toBe(0);
    expect(plan.start(1).readings(1).calls).toBe(0);
  });

  it('start afresh after another kind of detector', () => {
    const given: unknown[] = [];
    const start: ReturnType<typeof planOf>['start'] = (_at, before) => {
      given.push(before);
      return new Noting();
    };
    const plan = planOf(anyOf(recipeOf(new Noting(), { start }), recipeOf(new Noting(), { start })));
    const first = plan.start(0, new Noting());
    plan.start(1, first);
    expect(given).toEqual([undefined, undefined, expect.any(Noting), expect.any(Noting)]);
  });
});
