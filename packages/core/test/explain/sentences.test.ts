import { describe, expect, it } from 'vitest';
import { type BreakerEvent, explain } from '../../src/index.ts';

const reason = (rule: string, evidence?: Record<string, number>): string =>
  explain({ rule, at: 0, ...(evidence && { evidence }) });

const event = (happened: Partial<BreakerEvent>): string =>
  explain({ type: 'move', breaker: 'b', at: 100, ...happened } as BreakerEvent);

describe('explain', () => {
  it.each([
    [0.4, '0 ms'],
    [999.4, '999 ms'],
    [1_000, '1 s'],
    [4_249, '4.2 s'],
    [119_999, '120 s'],
    [120_000, '2 min'],
    [150_000, '3 min'],
    [7_200_000, '120 min'],
  ])('writes %d ms in a convenient unit', (ms, words) => {
    expect(reason('maxStay', { maxStay: ms })).toBe(`It had been half-open for ${words}.`);
  });

  it.each([
    ['halfOpen', 'An operator set it half-open.'],
    ['reset', 'An operator closed it.'],
    ['restore', 'It was restored from a snapshot.'],
    ['mine', 'Mine.'],
  ])('needs no numbers for %s', (rule, sentence) => {
    expect(reason(rule)).toBe(sentence);
  });

  it.each<[rule: string, evidence: Record<string, number>, sentence: string]>([
    ['probes', { calls: 3, failures: 1, slow: 1 }, '1 of 3 probes failed.'],
    ['probes', { calls: 3, failures: 0, slow: 2 }, '2 of 3 probes were slow.'],
    ['probes', { calls: 3 }, '3 of 3 probes succeeded.'],
    ['probes', {}, '0 of 0 probes succeeded.'],
    ['probes', { failures: 1 }, '1 of 0 probes failed.'],
    ['ramp', { calls: 3, failures: 1, slow: 0 }, '1 of 3 probes failed.'],
    [
      'cusum',
      { calls: 9, failures: 7, normal: 0.004, breakEven: 0.5 },
      '7 of the last 9 calls failed; normally 0.4 % fail.',
    ],
    ['cusum', { calls: 9, failures: 7 }, 'Cusum (calls 9, failures 7).'],
    [
      'silence',
      { unanswered: 19, due: 15.63, limit: 15.2, silentFor: 413.4, normalLatency: 19.6 },
      'No answer for 413 ms to 19 calls; normally one takes 20 ms, so 15.6 answers are due (the limit is 15.2).',
    ],
    ['silence', { unanswered: 19, silentFor: 413 }, 'Silence (unanswered 19, silentFor 413).'],
    [
      'overload',
      { load: 36, late: 31, limit: 15.28, normalLoad: 0.99, latency: 1_329, normalLatency: 108 },
      '36 calls in flight, 31 of them late (the limit is 15.3), taking 1.3 s each; normally 1 in flight, taking 108 ms each.',
    ],
    ['overload', { load: 36 }, 'Overload (load 36).'],
    [
      'steady',
      { calls: 14, failures: 1, slow: 0, run: 11, load: 3, limit: 20, unrefusedFor: 160 },
      '11 calls in a row succeeded, none was refused for 160 ms, with 3 of 20 allowed calls in flight.',
    ],
    [
      'slowerNow',
      { run: 40, unrefusedFor: 3_200, latency: 160, normalLatency: 20 },
      'No call was refused for 3.2 s, so the latency of 160 ms is accepted as normal; it was 20 ms.',
    ],
    [
      'ramp',
      { calls: 37, failures: 4, slow: 0, run: 0, limit: 1 },
      '4 of 37 probes failed, with up to 1 call allowed at a time.',
    ],
    ['sustained consecutiveFailures', { run: 3, held: 2_000 }, 'For 2 s 3 calls in a row failed.'],
    ['sustained consecutiveFailures', { run: 3 }, 'For 0 ms 3 calls in a row failed.'],
    [
      'pooled failureRate',
      { calls: 16, failures: 14, failureRate: 0.875, limit: 0.5, instances: 9 },
      'Over 9 instances, 14 of 16 calls failed (87.5 %, the limit is 50 %).',
    ],
    ['votes', { votes: 3, instances: 9 }, 'The circuits of 3 of 9 instances opened.'],
    ['register', {}, 'The register says that it is open.'],
    ['appointed', {}, 'It was appointed to probe.'],
    ['others', { instances: 9 }, 'A call of one of 9 instances succeeded.'],
    ['sustainedly', { run: 3 }, 'Sustainedly (run 3).'],
    ['mine', { one: 1, two: 2 }, 'Mine (one 1, two 2).'],
    ['slowCallRate', { slow: 1, calls: 2, slowCallRate: 0.5 }, 'SlowCallRate (slow 1, calls 2, slowCallRate 0.5).'],
    ['slowCallCount', { slow: 1, slowerThan: 5 }, 'SlowCallCount (slow 1, slowerThan 5).'],
    ['latencyPercentile', { latency: 5, limit: 5 }, 'LatencyPercentile (latency 5, limit 5).'],
    ['consecutiveFailures', {}, 'ConsecutiveFailures.'],
  ])('falls back to name and numbers for %s with %o', (rule, evidence, sentence) => {
    expect(reason(rule, evidence)).toBe(sentence);
  });

  it.each<[happened: Partial<BreakerEvent>, words: string]>([
    [{ to: 'open' }, 'opened'],
    [{ to: 'closed' }, 'closed'],
    [{ to: 'half-open' }, 'went half-open'],
    [{ type: 'reject' }, 'refused a call'],
    [{ type: 'wouldOpen' }, 'would have opened'],
    [{ type: 'mode', from: 'active', to: 'shadow' }, 'was switched from active to shadow'],
    [{ type: 'lost' }, 'reclaimed a probe that never settled'],
    [{ type: 'outcome', outcome: 'failure' }, 'counted a call as failure'],
    [{ type: 'outcome', outcome: 'failure', kind: '503' }, 'counted a call as failure (503)'],
    [{ type: 'outcome', outcome: 'success', duration: 1_500 }, 'counted a call as success after 1.5 s'],
    [{ type: 'outcome', outcome: 'success', kind: '', duration: 0 }, 'counted a call as success () after 0 ms'],
  ])('tells what happened even without a reason: %#', (happened, words) => {
    expect(event(happened)).toBe(`Circuit "b" ${words}.`);
  });

  it('counts the wait from what happened, and to the next attempt at the soonest', () => {
    const because = { rule: 'trip', at: 40, nextAttemptAt: 640 };
    expect(explain(because)).toBe('An operator opened it; next attempt in 600 ms.');
    expect(event({ type: 'reject', because })).toBe(
      'Circuit "b" refused a call: an operator opened it; next attempt in 540 ms.',
    );
    expect(event({ type: 'reject', at: 700, because })).toContain('; next attempt in 0 ms.');
  });
});
