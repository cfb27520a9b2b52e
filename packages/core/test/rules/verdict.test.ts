import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyOf,
  consecutiveFailures,
  failureCount,
  failureRate,
  kinds,
  latencyPercentile,
  type Measure,
  meanLatency,
  type Rule,
  slowCallCount,
  slowCallRate,
  type Tally,
  weights,
} from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';

/** Calls as a rule sees them, with the sums of its measures. */
function tally(calls: readonly { failed?: boolean; ms?: number; kind?: string }[], rule: Rule): Tally {
  const sums = new Array<number>(rule.measure?.width ?? 0).fill(0);
  const to = {
    add(column: number, amount: number): void {
      (sums[column] as number) += amount;
    },
  };
  for (const { failed = false, ms = 1, kind } of calls) rule.measure?.add(to, 0, failed, ms, kind);
  const failures = calls.filter(({ failed }) => failed).length;
  const run = calls.reduce((row, { failed }) => (failed ? row + 1 : 0), 0);
  const first = (measure: Measure) => rule.measure?.columnOf?.(measure.id) ?? 0;
  return {
    calls: calls.length,
    failures,
    run,
    total: (measure, column = 0) => sums[first(measure) + column] ?? 0,
  };
}

const good = { ms: 10 };
const bad = { failed: true, ms: 10, kind: '503' };
const late = { failed: true, ms: 200, kind: 'timeout' };
const slow = { ms: 200 };
const slowerThan = 100;

describe('a verdict names its rule and the numbers it saw:', () => {
  it.each<[rule: string, judged: Rule, calls: { failed?: boolean; ms?: number }[], evidence: Record<string, number>]>([
    ['failureRate', failureRate(0.5), [good, bad], { failureRate: 0.5, limit: 0.5, failures: 1, calls: 2 }],
    ['failureCount', failureCount(2), [bad, good, bad], { failures: 2, limit: 2, calls: 3 }],
    [
      'slowCallRate',
      slowCallRate(0.5, { slowerThan }),
      [slow, good],
      { slowCallRate: 0.5, limit: 0.5, slow: 1, calls: 2, slowerThan },
    ],
    ['slowCallCount', slowCallCount(1, { slowerThan }), [good, slow], { slow: 1, limit: 1, calls: 2, slowerThan }],
    ['consecutiveFailures', consecutiveFailures(2), [good, bad, bad], { run: 2, limit: 2 }],
    ['meanLatency', meanLatency(105), [good, slow], { mean: 105, limit: 105, calls: 2 }],
    [
      'latencyPercentile',
      latencyPercentile(0.5, 150),
      [good, slow, slow],
      { latency: 200, limit: 150, percentile: 0.5, calls: 3 },
    ],
    [
      'failureRate',
      failureRate(0.5, { counting: kinds('timeout', '504') }),
      [late, bad],
      { failureRate: 0.5, limit: 0.5, failures: 1, calls: 2 },
    ],
    [
      'failureCount',
      failureCount(3, { counting: weights({ timeout: 2 }) }),
      [late, bad],
      { failures: 3, limit: 3, calls: 2 },
    ],
  ])('%s', (name, rule, calls, evidence) => {
    expect(rule.judge(tally(calls, rule))).toEqual({ rule: name, evidence });
  });

  it('a failure without a kind matches no named kind', () => {
    const some = failureCount(1, { counting: kinds('undefined', '') });
    expect(some.judge(tally([{ failed: true }], some))).toBeUndefined();
    const weighed = failureCount(1, { counting: weights({ undefined: 0 }) });
    expect(weighed.judge(tally([{ failed: true }], weighed))).toBeDefined();
  });

  it('a success counts as 0, whatever its kind', () => {
    const weighed = failureCount(1, { counting: weights({ fine: 5 }) });
    expect(weighed.judge(tally([{ kind: 'fine' }], weighed))).toBeUndefined();
  });
});

describe('allOf', () => {
  it('has no verdict until each of its rules has one', () => {
    const both = allOf(failureCount(2), consecutiveFailures(1));
    expect(both.judge(tally([bad], both))).toBeUndefined();
    expect(both.judge(tally([bad, good, bad], both))?.evidence).toEqual({
      'failureCount.failures': 2,
      'failureCount.limit': 2,
      'failureCount.calls': 3,
      'consecutiveFailures.run': 1,
      'consecutiveFailures.limit': 1,
    });
  });
});

describe('what counts in place of failures', () => {
  it('is judged by the same minimum, and does not change a row of failures', () => {
    const rule = failureRate(0.5, { minimumCalls: 7, counting: kinds('timeout') });
    expect(rule).toMatchObject({ minimumCalls: 7, easedBySuccess: true });
  });

  it.each([
    [kinds('a'), kinds('b')],
    [kinds('a', 'b'), kinds('ab')],
    [weights({ a: 1 }), weights({ a: 2 })],
    [weights({ a: 1 }), weights({ b: 1 })],
    [kinds('a'), weights({ a: 1 })],
  ])('is summed separately from other measures (%#)', (one, other) => {
    expect(one.id).not.toBe(other.id);
  });

  it('is summed once for equal measures', () => {
    const both = allOf(
      failureCount(1, { counting: kinds('timeout') }),
      failureRate(0.1, { counting: kinds('timeout') }),
    );
    expect(both.measure?.width).toBe(1);
  });
});

describe('a rule declares', () => {
  it.each<[rule: string, judged: Rule, says: Partial<Rule>]>([
    ['failureRate', failureRate(0.5), { minimumCalls: 20, easedBySuccess: true }],
    ['failureCount', failureCount(5), { minimumCalls: 1, easedBySuccess: true }],
    ['slowCallRate', slowCallRate(0.5, { slowerThan }), { minimumCalls: 20, easedBySuccess: true, slowerThan }],
    ['slowCallCount', slowCallCount(5, { slowerThan }), { minimumCalls: 1, easedBySuccess: true, slowerThan }],
    ['consecutiveFailures', consecutiveFailures(5), { easedBySuccess: true }],
    ['meanLatency', meanLatency(100), { minimumCalls: 20, slowerThan: 100 }],
    ['latencyPercentile', latencyPercentile(0.5, 100), { minimumCalls: 20, slowerThan: 100 }],
  ])('how many calls it needs, whether a success eases it, and what is slow: %s', (_name, rule, says) => {
    const { minimumCalls, easedBySuccess, slowerThan: slowFrom } = rule;
    expect({ minimumCalls, easedBySuccess, slowerThan: slowFrom }).toEqual({
      minimumCalls: undefined,
      easedBySuccess: undefined,
      slowerThan: undefined,
      ...says,
    });
  });

  it.each<[combination: (...rules: [Rule, ...Rule[]]) => Rule]>([[anyOf], [allOf]])(
    'the least that its parts need, if it is a combination (%#)',
    (of) => {
      const [rate, count] = [failureRate(0.5, { minimumCalls: 10 }), slowCallCount(5, { slowerThan })];
      expect(of(rate, count)).toMatchObject({ minimumCalls: 1, slowerThan, easedBySuccess: false });
      expect(of(count, rate)).toMatchObject({ minimumCalls: 1, slowerThan, easedBySuccess: false });
      expect(of(rate, rate)).toMatchObject({ minimumCalls: 10, easedBySuccess: true });
      expect(of(consecutiveFailures(2), count)).toMatchObject({ minimumCalls: 1, easedBySuccess: true });
      expect(of(rate, meanLatency(50, { minimumCalls: 10 }))).toMatchObject({ easedBySuccess: false, slowerThan: 50 });
      expect(of(rate)).not.toHaveProperty('slowerThan');
      expect(of(rate)).not.toHaveProperty('measure');
      expect(of(rate)).not.toHaveProperty('slowCalls');
    },
  );

  it('shows the slow calls of the part with the lowest limit on slowness, if that part counts them', () => {
    const [patient, strict] = [slowCallCount(5, { slowerThan: 200 }), slowCallRate(0.5, { slowerThan })];
    expect(anyOf(patient, strict).slowCalls?.id).toBe(strict.measure?.id);
    expect(anyOf(patient, meanLatency(50))).not.toHaveProperty('slowCalls');
  });
});

describe('rules over one window', () => {
  const mean = meanLatency(100, { minimumCalls: 1 });
  const percentile = latencyPercentile(1, 150, { minimumCalls: 1 });

  it('each sum in their own columns', () => {
    const both = allOf(percentile, mean, slowCallCount(1, { slowerThan }));
    expect(both.measure?.width).toBe(163);
    const calls = [slow, good];
    expect(both.judge(tally(calls, both))?.evidence).toMatchObject({
      'latencyPercentile.latency': 200,
      'meanLatency.mean': 105,
      'slowCallCount.slow': 1,
    });
  });

  it('leave each other’s columns alone, however long a call took', () => {
    const both = allOf(percentile, slowCallCount(1, { slowerThan }));
    for (const ms of [2 ** 20, 2 ** 21, 2 ** 22, Number.POSITIVE_INFINITY]) {
      expect(both.judge(tally([{ ms }], both))?.evidence).toMatchObject({ 'slowCallCount.slow': 1 });
    }
  });

  it('distinguish kinds with commas in their names', () => {
    const one = failureCount(1, { counting: kinds('a,b') });
    const two = failureCount(1, { counting: kinds('a', 'b') });
    expect(anyOf(one, two).measure?.width).toBe(2);
  });

  it('find their measures in a combination of combinations too', () => {
    const pair = () => allOf(mean, slowCallCount(1, { slowerThan }));
    for (const nested of [anyOf(pair()), anyOf(pair(), failureCount(9)), anyOf(failureCount(9), anyOf(pair()))]) {
      expect(nested.judge(tally([slow], nested))?.evidence).toMatchObject({
        'meanLatency.mean': 200,
        'slowCallCount.slow': 1,
      });
    }
    expect(anyOf(pair()).measure?.columnOf?.('another')).toBeUndefined();
    const { breaker } = observed({ openWhen: anyOf(pair(), failureCount(9)) });
    breaker.acquire().settle('success', 200);
    expect(breaker.state).toBe('open');
  });

  it('need durations from the shortest that any of them counts', () => {
    expect(anyOf(slowCallCount(1, { slowerThan: 200 }), slowCallCount(9, { slowerThan })).measure?.under).toBe(100);
    expect(anyOf(failureCount(1, { counting: kinds('timeout') })).measure?.under).toBe(Number.POSITIVE_INFINITY);
    expect(anyOf(slowCallCount(1, { slowerThan: 200 }), mean).measure?.under).toBe(0);
  });

  it('add nothing for a call that none of them counts', () => {
    const { measure } = anyOf(slowCallCount(1, { slowerThan }), failureCount(1, { counting: kinds('timeout') }));
    const added: number[] = [];
    const to = { add: (column: number) => void added.push(column) };
    expect(measure?.add(to, 0, false, 99, undefined)).toBe(false);
    expect(added).toEqual([]);
    expect(measure?.add(to, 0, true, 1, 'timeout')).toBe(true);
    expect(measure?.add(to, 0, false, 100, undefined)).toBe(true);
    expect(added).toEqual([1, 0]);
  });

  it('with the same limit on slowness sum once, with others separately', () => {
    expect(allOf(slowCallCount(1, { slowerThan }), slowCallRate(0.5, { slowerThan })).measure?.width).toBe(1);
    expect(allOf(slowCallCount(1, { slowerThan }), slowCallRate(0.5, { slowerThan: 99 })).measure?.width).toBe(2);
  });

  it('identify their sums by name, so that another combination has another memory', () => {
    const one = allOf(mean, slowCallCount(1, { slowerThan })).measure?.id;
    const other = allOf(mean, slowCallCount(1, { slowerThan: 99 })).measure?.id;
    expect(one).not.toBe(other);
    expect(allOf(mean, percentile).measure?.id).not.toBe(allOf(mean).measure?.id);
  });
});

describe('latencyPercentile', () => {
  const rule = latencyPercentile(0.5, 1, { minimumCalls: 1 });
  const seen = (...durations: number[]) =>
    rule.judge(
      tally(
        durations.map((ms) => ({ ms })),
        rule,
      ),
    )?.evidence?.['latency'];

  it.each([
    ['a slice begins with its first value', [1], 1.0625],
    ['a slice ends before the next begins', [1.124], 1.0625],
    ['and the next begins with its first value', [1.125], 1.1875],
    ['a doubling ends before the next begins', [1.999], 1.9375],
    ['and the next has slices twice as wide', [2], 2.125],
    ['the longest that is measured', [2 ** 20 - 1], 2 ** 19 * 1.9375],
    ['anything longer goes for it', [2 ** 20, 1e12], 2 ** 19 * 1.9375],
    ['endless, too', [Number.POSITIVE_INFINITY], 2 ** 19 * 1.9375],
    ['of an even number the lower middle', [16, 32], 17],
    ['of an odd number the middle', [16, 32, 64], 34],
  ])('%s', (_rule, durations, latency) => {
    expect(seen(...durations)).toBe(latency);
  });

  it.each([[0.2], [Number.NaN], [-5], [0.999]])('%d ms is less than a millisecond, about half of one', (duration) => {
    const least = latencyPercentile(0.5, 0.5, { minimumCalls: 1 });
    expect(least.judge(tally([{ ms: duration }], least))?.evidence?.['latency']).toBe(0.5);
    expect(seen(duration)).toBeUndefined();
  });

  it('reached counts as exceeded', () => {
    const at17 = latencyPercentile(0.5, 17);
    expect(at17.judge(tally([{ ms: 16 }], at17))?.evidence).toMatchObject({ latency: 17 });
    const above = latencyPercentile(0.5, 17.001);
    expect(above.judge(tally([{ ms: 16 }], above))).toBeUndefined();
  });

  it('gives the longest slice where sums were lost: it never looks beyond its columns', () => {
    const asked: number[] = [];
    rule.judge({ calls: 1, failures: 0, run: 0, total: (_measure, column = 0) => Number(asked.push(column) < 0) });
    expect(Math.max(...asked)).toBe(160);
  });
});
