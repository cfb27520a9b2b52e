import { describe, expect, it } from 'vitest';
import { watching } from '../../src/adaptive/adaptive.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { ENDLESS } from '../../src/detector/detector.ts';
import type { Vitals } from '../../src/index.ts';
import { present } from './present-vitals.ts';

/** The detector of adaptive mode for a service that is called 50 times a second, normally takes 20 ms, and is like this now. */
function watch(numbers: Partial<Vitals>): Detector {
  const setting = { window: undefined, evaluateOn: 'failure', permitTimeout: 30_000 } as never;
  return watching(0.5).build(setting).start(0, undefined, present(numbers));
}

/** What is enough at 50 calls a second: a day's calls between two false alarms. */
const LIMIT = Math.log(0.05 * 24 * 3_600_000);

describe('silence', () => {
  it('needs more unanswered calls than chance explains, all of them older than a usual answer', () => {
    // Three normal latencies may pass before an answer is due: at 50 calls a second that is LIMIT calls later.
    const due = 3 * 20 + LIMIT / 0.05;
    const rule = (unanswered: number, silentFor: number) => watch({ unanswered, silentFor }).admitting?.(0)?.rule;
    expect(rule(Math.ceil(LIMIT), due + 1)).toBe('silence');
    expect(rule(Math.ceil(LIMIT), due - 1)).toBeUndefined();
    expect(rule(Math.floor(LIMIT), due + 1)).toBeUndefined();
    expect(rule(Math.floor(LIMIT), 1e6)).toBeUndefined();
  });

  it('does not count with eight calls or fewer, even right after an outage', () => {
    const afterAnOutage = { relapse: () => 1, silentFor: 1e6 };
    expect(watch({ ...afterAnOutage, unanswered: 8 }).admitting?.(0)).toBeUndefined();
    expect(watch({ ...afterAnOutage, unanswered: 9 }).admitting?.(0)).toMatchObject({
      rule: 'silence',
      evidence: { unanswered: 9, silentFor: 1e6, normalLatency: 20 },
    });
  });

  it('takes precedence over overload, but does not hide it', () => {
    const overloaded = { load: 500, latency: 100 };
    expect(watch({ ...overloaded, unanswered: 500, silentFor: 1e6 }).admitting?.(0)?.rule).toBe('silence');
    expect(watch({ ...overloaded, unanswered: 500, silentFor: 60 }).admitting?.(0)?.rule).toBe('overload');
    expect(watch({ ...overloaded, unanswered: 8, silentFor: 1e6 }).admitting?.(0)?.rule).toBe('overload');
  });
});

describe('failures', () => {
  it('are counted and forgotten as by cusum, and shown in metrics', () => {
    const detector = watch({});
    expect(detector).toMatchObject({ lull: ENDLESS, lullUntil: Infinity, lullUnder: Infinity });
    detector.tell(true, 1, 0, undefined);
    detector.tell(true, 2, 0, undefined);
    expect(detector.lull).toBe(0);
    expect(detector.readings(2)).toMatchObject({ calls: 2, failures: 2 });
    detector.clear(2);
    expect(detector.lull).toBe(ENDLESS);
    expect(detector.readings(2)).toMatchObject({ calls: 0, failures: 0 });
  });
});
