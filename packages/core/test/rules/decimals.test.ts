import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BreakerOptions,
  countWindow,
  createBreaker,
  failureCount,
  failureRate,
  kinds,
  latencyPercentile,
  meanLatency,
  ramp,
  slowCallRate,
  timeWindow,
  tumblingWindow,
  weights,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { reaches, roundedUp, tidy } from '../../src/vocabulary/decimal.ts';
import { holds } from '../properties/holds.ts';

const sum = (terms: readonly number[]): number => terms.reduce((before, term) => before + term, 0);

/** A decimal of up to six places, as the whole number of millionths it is. */
const millionths = fc.integer({ min: 1, max: 3_000_000 });

describe('a sum of decimals reaches a limit', () => {
  it('exactly if the decimal numbers do', () => {
    holds(
      fc.property(
        fc.array(millionths, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: -3, max: 3 }),
        (terms, off) => {
          const exact = sum(terms);
          const limit = exact + off;
          if (limit <= 0) return;
          const added = sum(terms.map((term) => term / 1e6));
          expect(reaches(added, limit / 1e6)).toBe(exact >= limit);
        },
      ),
    );
  });

  it('of n nths at the nth and not before', () => {
    for (let n = 2; n <= 1_000; n++) {
      const nths = new Array<number>(n).fill(1 / n);
      expect(reaches(sum(nths), 1)).toBe(true);
      expect(reaches(sum(nths.slice(1)), 1)).toBe(false);
    }
  });

  it('also after terms have been subtracted again, as in a window', () => {
    holds(
      fc.property(
        fc.array(millionths, { minLength: 1, maxLength: 300 }),
        fc.array(millionths, { minLength: 1 }),
        (gone, kept) => {
          const added = sum([...gone, ...kept].map((term) => term / 1e6));
          const left = gone.reduce((rest, term) => rest - term / 1e6, added);
          expect(reaches(left, sum(kept) / 1e6)).toBe(true);
          expect(reaches(left, (sum(kept) + 1) / 1e6)).toBe(false);
        },
      ),
    );
  });

  it('if a whole number does, and never if it is NaN', () => {
    expect([reaches(3, 3), reaches(2, 3), reaches(0, 0), reaches(-1, 0)]).toEqual([true, false, true, false]);
    expect(reaches(Number.NaN, 1)).toBe(false);
    expect(reaches(1, Infinity)).toBe(false);
  });
});

it('a product of decimals is rounded up apart from rounding', () => {
  expect([roundedUp(0.07 * 100), roundedUp(0.55 * 100), roundedUp(0.29 * 100), roundedUp(7.01)]).toEqual([
    7, 55, 29, 8,
  ]);
});

it('a sum is shown without rounding errors', () => {
  expect([tidy(sum(new Array(10).fill(0.1))), tidy(3), tidy(1 / 3)]).toEqual([1, 3, 0.333333333333]);
});

describe('a limit is reached with exactly the call that brings the sum to it:', () => {
  const tenth = { outcome: 'failure', kind: 'tenth' } as const;
  const counting = weights({ tenth: 0.1, sixth: 1 / 6, seventh: 1 / 7 });

  it.each<[what: string, kind: string, calls: number, options: Partial<BreakerOptions>]>([
    ['ten of 0.1 are 1', 'tenth', 10, { openWhen: failureCount(1, { counting }) }],
    ['thirty of 0.1 are 3', 'tenth', 30, { openWhen: failureCount(3, { counting }) }],
    ['six of a sixth are 1', 'sixth', 6, { openWhen: failureCount(1, { counting }) }],
    ['seven of a seventh are 1', 'seventh', 7, { openWhen: failureCount(1, { counting }) }],
    ['over a window of calls', 'tenth', 10, { openWhen: failureCount(1, { counting }), window: countWindow(10) }],
    ['over a tumbling window', 'tenth', 10, { openWhen: failureCount(1, { counting }), window: tumblingWindow(1_000) }],
    [
      'over a window of slices',
      'tenth',
      10,
      { openWhen: failureCount(1, { counting }), window: timeWindow(1_000, { buckets: 100 }) },
    ],
    ['as a share of the calls', 'seventh', 7, { openWhen: failureRate(1 / 7, { counting, minimumCalls: 7 }) }],
  ])('%s', (_what, kind, calls, options) => {
    const clock = manualClock();
    const breaker = createBreaker({ name: 'payments', clock, ...options });
    for (let call = 1; call < calls; call++) {
      breaker.record({ ...tenth, kind });
      clock.advance(1);
      expect(breaker.state).toBe('closed');
    }
    breaker.record({ ...tenth, kind });
    expect(breaker.state).toBe('open');
  });

  it.each([
    ['1 of 10 is 0.1', 10, 1, 0.1],
    ['3 of 10 are 0.1 + 0.2', 10, 3, 0.1 + 0.2],
    ['7 of 100 are 0.07', 100, 7, 0.07],
    ['1 of 3 is 1 − 2/3', 3, 1, 1 - 2 / 3],
  ])('a rate: %s', (_what, calls, failures, rate) => {
    for (const openWhen of [
      failureRate(rate, { minimumCalls: calls }),
      slowCallRate(rate, { minimumCalls: calls, slowerThan: 5 }),
    ]) {
      const breaker = createBreaker({ name: 'payments', openWhen, evaluateOn: 'any' });
      for (let call = failures; call < calls; call++) breaker.record('success', 1);
      for (let call = 0; call < failures; call++) breaker.record('failure', 9);
      expect(breaker.state).toBe('open');
    }
  });

  it('a mean of 0.1 ms', () => {
    const breaker = createBreaker({ name: 'payments', openWhen: meanLatency(0.1, { minimumCalls: 10 }) });
    for (let call = 0; call < 10; call++) breaker.record('success', 0.1);
    expect(breaker.state).toBe('open');
  });

  it('a percentile: the 7th of a hundred at 0.07, not the 8th', () => {
    const rule = latencyPercentile(0.07, 100, { minimumCalls: 100 });
    const breaker = createBreaker({ name: 'payments', openWhen: rule, evaluateOn: 'any' });
    for (let call = 0; call < 7; call++) breaker.record('success', 1);
    for (let call = 7; call < 100; call++) breaker.record('success', 1_000);
    expect(breaker.state).toBe('closed');
  });

  it('a share of a ramp: of n callers the nth', () => {
    for (const n of [3, 6, 7, 9, 10, 11, 49]) {
      const breaker = createBreaker({ name: 'payments', clock: manualClock(), recover: ramp([1 / n]) });
      breaker.halfOpen();
      const admitted: number[] = [];
      for (let caller = 0; caller < 20 * n; caller++) if (breaker.tryAcquire()) admitted.push(caller);
      expect(admitted).toEqual(Array.from({ length: 20 }, (_, round) => round * n));
    }
  });

  it('and shows the sum without rounding errors', () => {
    const breaker = createBreaker({ name: 'payments', openWhen: failureCount(1, { counting }) });
    for (let call = 0; call < 10; call++) breaker.record(tenth);
    expect(breaker.metrics().evidence).toMatchObject({ failures: 1, limit: 1, calls: 10 });
    const other = createBreaker({ name: 'payments', openWhen: failureCount(1, { counting: kinds('tenth') }) });
    other.record(tenth);
    expect(other.metrics().evidence).toMatchObject({ failures: 1 });
  });
});
