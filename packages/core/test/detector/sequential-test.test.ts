import { describe, expect, it } from 'vitest';
import type { SequentialTest } from '../../src/detector/sequential-test.ts';
import { countWindow, timeWindow } from '../../src/index.ts';
import { startTest, vitalsOf } from './stream.ts';

const MILLION = Math.log(1e6);

/** Tells of `F` failures and `S` successes, a second apart. After how many the verdict came, and what it was. */
function tell(test: SequentialTest, calls: string, from: number = 0) {
  for (const [index, call] of [...calls].entries()) {
    const verdict = test.tell(call === 'F', from + (index + 1) * 1_000);
    if (verdict) return { after: index + 1, ...verdict };
  }
  return undefined;
}

/** A test that knows a service of which no call fails: what it takes for normal is one in a thousand. */
function steady(options?: Parameters<typeof startTest>[0], vitals?: Parameters<typeof startTest>[1]): SequentialTest {
  const detector = startTest(options, vitals);
  detector.skip(100_000);
  return detector;
}

describe('the first statistic', () => {
  // A failure weighs the logarithm of (1 + p) / 2 over p, with p as it was before it; a success takes ln 2 back.
  it.each([
    // ln(1.001 / 0.002) = 6.2, then ln(1.002 / 0.004) = 5.5 and so on, because each failure changes what is normal.
    ['one in a thousand', 0.001, 'FF', 11.74],
    ['one in a thousand', 0.001, 'FFF', 16.86],
  ])('adds up the weights of failures if normally %s fails', (_words, share, calls, sum) => {
    let [failures, weight] = [share * 1_000, 0];
    for (const _ of calls) {
      const p = Math.max(0.001, failures / 1_000);
      weight += Math.log((1 + p) / (2 * p));
      failures = failures * 0.999 + 1;
    }
    expect(weight).toBeCloseTo(sum, 1);
    // So the limit of a million calls lies between two failures and three.
    expect(tell(steady(), calls) !== undefined).toBe(weight >= MILLION);
  });

  it('falls by ln 2 with each success, whatever is normal, and ends at 0', () => {
    const test = startTest();
    test.tell(true, 1_000);
    const weight = Math.log(1.005 / 0.01);
    const successes = Math.ceil(weight / Math.LN2);
    for (let call = 1; call < successes; call++) test.tell(false, 1_000 + call);
    expect(test).toMatchObject({ lull: 0 });
    test.tell(false, 2_000);
    expect(test.lull).toBe(2 ** 30 - 1);
  });

  it('has a limit from the calls of a day if they exceed a million, at the rate learnt so far', () => {
    expect(startTest().limit(0)).toBe(MILLION);
    expect(startTest({}, vitalsOf(0.0002)).limit(0)).toBe(MILLION);
    expect(startTest({}, vitalsOf(0.05)).limit(0)).toBeCloseTo(Math.log(0.05 * 86_400_000), 12);
  });

  it('has two fifths of that limit right after an outage', () => {
    expect(startTest({}, vitalsOf(0, 1)).limit(0)).toBeCloseTo(0.4 * MILLION, 12);
    expect(startTest({}, vitalsOf(0, 0.25)).limit(0)).toBeCloseTo(0.85 * MILLION, 12);
  });
});

describe('the second statistic', () => {
  it.each([
    [{}, 'FFF', 3],
    // One success takes a failure back: three more than the successes are needed.
    [{}, 'FSFFF', 5],
    [{}, 'FFSFF', 5],
    // A success is worth two failures, or four.
    [{ breakEven: 2 / 3 }, 'FFSFFF', 6],
    [{ breakEven: 0.8 }, 'FFSFFFFF', 8],
    // Failures are expensive.
    [{ breakEven: 0.2 }, 'FFSFF', 5],
  ])('%o: needs three failures in excess (%s)', (options, calls, after) => {
    // So many failures that the first statistic has no say.
    const test = steady(options, vitalsOf(0, 0.4));
    expect(tell(test, calls)?.after).toBe(after);
  });

  it('needs two right after an outage, and never just one', () => {
    for (const relapse of [0.51, 1]) expect(tell(steady({}, vitalsOf(0, relapse)), 'FFFF')?.after).toBe(2);
    expect(tell(steady({}, vitalsOf(0, 0.5)), 'FFFF')?.after).toBe(3);
  });

  it('is at most eight below its start, however many calls succeed', () => {
    const test = steady();
    // A cluster of failures keeps the first statistic up while a hundred successes pass.
    const cluster = `${'F'.repeat(2)}${'SF'.repeat(60)}${'S'.repeat(60)}`;
    expect(tell(test, cluster)).toBeUndefined();
    expect(test.lull).toBe(0);
    // From -8 it takes sixteen failures to come to 0, and three more.
    const failures = Array.from({ length: 30 }, (_, index) => test.tell(true, 1e6 + index * 1_000));
    expect(failures.findIndex((verdict) => verdict !== undefined) + 1).toBe(19);
  });
});

describe('after a blip', () => {
  /** Vitals after an outage that cured itself: calls may fail for this long. */
  const patient = (patience: number) => Object.assign(vitalsOf(0), { patience: () => patience });

  it('calls must fail for longer than in that one: it may well end by itself again', () => {
    // A second apart: the third failure comes two seconds after the first.
    expect(tell(steady({}, patient(2_000)), 'FFFFF')?.after).toBe(3);
    expect(tell(steady({}, patient(2_001)), 'FFFFF')).toMatchObject({
      after: 4,
      evidence: { failingFor: 3_000, patience: 2_001 },
    });
    expect(tell(steady({}, patient(0)), 'FFFFF')?.evidence).not.toHaveProperty('patience');
  });

  it('they count from the first failure of a change, not from one long ago', () => {
    const test = steady({}, patient(2_500));
    expect(tell(test, `F${'S'.repeat(20)}`)).toBeUndefined();
    expect(test.lull).toBeGreaterThan(0);
    expect(tell(test, 'FFFFF', 60_000)?.after).toBe(4);
  });
});

describe('failures of one millisecond', () => {
  it('count as one event', () => {
    const test = steady();
    for (let call = 0; call < 5; call++) expect(test.tell(true, 5_000 + call * 0.19)).toBeUndefined();
    expect(test.tell(true, 5_001)).toBeUndefined();
    expect(test.tell(true, 5_001.9)).toBeUndefined();
    expect(test.tell(true, 5_002)).toBeDefined();
  });

  it('all count as failures, and for what is normal', () => {
    const test = steady();
    for (let call = 0; call < 100; call++) test.tell(true, 5_000);
    expect(test.normal.share).toBeGreaterThan(0.09);
  });
});

describe('its evidence', () => {
  it('is the calls since failures began to look like a change, and what was normal before the last', () => {
    const test = steady();
    expect(tell(test, 'FSFFF')).toMatchObject({
      rule: 'cusum',
      evidence: { calls: 5, failures: 4, breakEven: 0.5, limit: MILLION, excess: 3 },
    });
    // As it was before the third.
    expect(tell(steady(), 'FFF')?.evidence?.['normal']).toBeCloseTo((1 + 0.999) / 1_000, 9);
  });

  it('has the sum that was compared with the limit, and the failures in excess of what successes make up for', () => {
    const change = 2 * Math.log(1.001 / 0.002) + Math.log(1.002 / 0.004);
    expect(tell(steady(), 'FFF')?.evidence?.['change']).toBeCloseTo(change, 2);
    expect(tell(steady({ breakEven: 0.8 }, vitalsOf(0, 0.4)), 'FFSFFFFF')?.evidence?.['excess']).toBeCloseTo(3, 9);
  });
});

describe('what it shows', () => {
  const window = countWindow(4);

  it('is the calls in the window, with a rate from the first on', () => {
    const shown = startTest({}, undefined, window);
    expect(shown.readings(0)).toEqual({ calls: 0, failures: 0, slow: 0 });
    tell(shown, 'FFS');
    expect(shown.readings(0)).toEqual({ calls: 3, failures: 2, slow: 0, failureRate: 2 / 3 });
    shown.skip(2);
    expect(shown.readings(0)).toEqual({ calls: 4, failures: 1, slow: 0, failureRate: 1 / 4 });
  });

  it('grants its lull until the window moves', () => {
    const timed = startTest({}, undefined, timeWindow(1_000, { buckets: 10 }));
    timed.tell(false, 10);
    expect(timed.lullUntil).toBe(100);
    expect(startTest({}, undefined, window).lullUntil).toBe(Number.POSITIVE_INFINITY);
  });

  it('goes on over a reconfiguration with the same window', () => {
    const before = startTest({}, undefined, window);
    tell(before, 'FS');
    expect(startTest({ breakEven: 0.8 }, undefined, window, before).readings(0).calls).toBe(2);
    expect(startTest({}, undefined, countWindow(5), before).readings(0).calls).toBe(0);
  });

  it('is nothing without a window', () => {
    const test = startTest();
    tell(test, 'FS');
    expect(test.readings(0)).toEqual({ calls: 0, failures: 0, slow: 0 });
  });
});

describe('what is forgotten', () => {
  it('with a move is the evidence, but not what is normal', () => {
    const test = steady();
    tell(test, 'FF');
    const { share } = test.normal;
    test.clear(3);
    expect(test.readings(3)).toEqual({ calls: 0, failures: 0, slow: 0 });
    expect(test.lull).toBeGreaterThan(0);
    expect(test.normal.share).toBe(share);
    expect(tell(test, 'FFF', 60_000)?.after).toBe(3);
  });
});
