import { describe, expect, it } from 'vitest';
import { watching } from '../../src/adaptive/watching.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { ENDLESS } from '../../src/detector/detector.ts';
import type { Vitals } from '../../src/index.ts';
import { present } from './present-vitals.ts';

/** The detector of adaptive mode for a service that is called 50 times a second, normally takes 20 ms, and is like this now. */
function watch(numbers: Partial<Vitals>): Detector {
  const setting = { window: undefined, evaluateOn: 'failure', permitTimeout: 30_000 } as never;
  return watching().build(setting).start(0, undefined, present(numbers));
}

/** What is enough at 50 calls a second: a day's calls between two false alarms. */
const LIMIT = Math.log(0.05 * 24 * 3_600_000);

describe('silence', () => {
  it.each([
    ['three normal latencies', 100, 300],
    ['at least 150 ms: while one synchronous block starts 500 fetches nothing can come back', 20, 150],
  ])(
    'needs more unanswered calls than chance explains, and as many due: after %s',
    (_what, normalLatency, patience) => {
      // At 50 calls a second LIMIT calls are made in the time after that.
      const due = patience + LIMIT / 0.05;
      const rule = (unanswered: number, silentFor: number) =>
        watch({ unanswered, silentFor, normalLatency }).admitting?.(0)?.rule;
      expect(rule(Math.ceil(LIMIT), due + 1)).toBe('silence');
      expect(rule(Math.ceil(LIMIT), due - 1)).toBeUndefined();
      expect(rule(Math.floor(LIMIT), due + 1)).toBeUndefined();
      expect(rule(Math.floor(LIMIT), 1e6)).toBeUndefined();
    },
  );

  it('may last for longer after one that ended by itself', () => {
    const due = 600 + LIMIT / 0.05;
    const seen = (silentFor: number) => watch({ unanswered: 100, silentFor, pausePatience: () => 600 }).admitting?.(0);
    expect(seen(due - 1)).toBeUndefined();
    expect(seen(due + 1)).toMatchObject({ rule: 'silence', evidence: { patience: 600, silentFor: due + 1 } });
  });

  it('does not count with eight calls or fewer, even right after an outage', () => {
    const afterAnOutage = { relapse: () => 1, silentFor: 1_150 };
    expect(watch({ ...afterAnOutage, unanswered: 8 }).admitting?.(0)).toBeUndefined();
    expect(watch({ ...afterAnOutage, unanswered: 9 }).admitting?.(0)).toEqual({
      rule: 'silence',
      evidence: { unanswered: 9, due: 50, limit: 0.4 * LIMIT, silentFor: 1_150, normalLatency: 20 },
    });
  });

  it('takes precedence over overload, but does not hide it', () => {
    const overloaded = { load: 500, late: 400, latency: 100 };
    expect(watch({ ...overloaded, unanswered: 500, silentFor: 1e6 }).admitting?.(0)?.rule).toBe('silence');
    expect(watch({ ...overloaded, unanswered: 500, silentFor: 60 }).admitting?.(0)?.rule).toBe('overload');
    expect(watch({ ...overloaded, unanswered: 8, silentFor: 1e6 }).admitting?.(0)?.rule).toBe('overload');
  });
});

describe('overload', () => {
  // One call is normally under way. A good third of LIMIT for it and one more.
  const most = 0.35 * LIMIT * (1 + 1);

  it('is many late calls, compared with those that are normally under way', () => {
    const seen = (late: number) => watch({ load: 100, late, latency: 100 }).admitting?.(0);
    expect(seen(Math.floor(most))).toBeUndefined();
    expect(seen(Math.ceil(most))).toEqual({
      rule: 'overload',
      to: 'half-open',
      evidence: { load: 100, late: Math.ceil(most), limit: most, normalLoad: 1, latency: 100, normalLatency: 20 },
    });
  });

  it('is none while no call is late, however many are under way', () => {
    expect(watch({ load: 1e6, late: 0, latency: 100 }).admitting?.(0)).toBeUndefined();
  });

  it('is none while calls take no more than three times as long as normally', () => {
    expect(watch({ load: 1e6, late: 1e6, latency: 60 }).admitting?.(0)).toBeUndefined();
    expect(watch({ load: 1e6, late: 1e6, latency: 61 }).admitting?.(0)?.rule).toBe('overload');
  });

  it('has to last for as long as queues did that drained by themselves', () => {
    let [late, latency] = [Math.ceil(most), 100];
    const vitals: Vitals = Object.create(present({ load: 100, surgePatience: () => 500 }), {
      late: { get: () => late },
      latency: { get: () => latency },
    });
    const setting = { window: undefined, evaluateOn: 'failure', permitTimeout: 30_000 } as never;
    const detector = watching().build(setting).start(0, undefined, vitals);
    const seen = (at: number) => detector.admitting?.(at);
    expect([0, 499].map(seen)).toEqual([undefined, undefined]);
    expect(seen(500)).toMatchObject({ rule: 'overload', evidence: { lateFor: 500, patience: 500 } });
    // A moment with few late calls, and one in which calls are quick: the count begins anew.
    late = 0;
    seen(600);
    late = Math.ceil(most);
    expect([700, 1_199].map(seen)).toEqual([undefined, undefined]);
    latency = 20;
    seen(1_200);
    latency = 100;
    expect([1_300, 1_799].map(seen)).toEqual([undefined, undefined]);
  });

  it('needs two fifths as many late calls right after an outage', () => {
    const seen = (late: number) => watch({ load: 100, late, latency: 100, relapse: () => 1 }).admitting?.(0)?.rule;
    expect([Math.floor(0.4 * most), Math.ceil(0.4 * most)].map(seen)).toEqual([undefined, 'overload']);
  });
});

describe('failures', () => {
  it('are counted and forgotten as by cusum', () => {
    const detector = watch({});
    expect(detector).toMatchObject({ lull: ENDLESS, lullUntil: Infinity, lullUnder: Infinity });
    detector.tell(true, 1, 0, undefined);
    detector.tell(true, 2, 0, undefined);
    expect(detector.lull).toBe(0);
    detector.clear(2);
    expect(detector.lull).toBe(ENDLESS);
  });
});
