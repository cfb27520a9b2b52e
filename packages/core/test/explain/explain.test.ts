import { describe, expect, it } from 'vitest';
import {
  allOf,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  explain,
  failureCount,
  failureRate,
  fixed,
  latencyPercentile,
  meanLatency,
  overdue,
  probes,
  rule,
  slowCallCount,
  slowCallRate,
  sustained,
} from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';

const few = { minimumCalls: 2 };

/** What a breaker says when it opens after two calls that failed, each after 300 ms. */
function openedBy(openWhen: BreakerOptions['openWhen']): string | undefined {
  const { breaker, clock, events } = observed({
    openWhen: openWhen as never,
    window: countWindow(4),
    openFor: fixed(4_200),
  });
  for (let call = 0; call < 3; call++) {
    breaker.tryAcquire()?.settle('failure', 300);
    clock.advance(300);
  }
  const opened = events.find(({ to }) => to === 'open');
  return opened && explain(opened);
}

describe('explain returns as one sentence', () => {
  it.each<[openWhen: BreakerOptions['openWhen'], why: string]>([
    [failureRate(0.5, few), '2 of 2 calls failed (100 %, the limit is 50 %)'],
    [failureRate(1 / 3, few), '2 of 2 calls failed (100 %, the limit is 33.3 %)'],
    [failureCount(2), '2 calls failed (the limit is 2)'],
    [slowCallRate(0.8, { ...few, slowerThan: 250 }), '2 of 2 calls took 250 ms or longer (100 %, the limit is 80 %)'],
    [slowCallCount(2, { slowerThan: 250 }), '2 calls took 250 ms or longer (the limit is 2)'],
    [consecutiveFailures(2), '2 calls in a row failed'],
    [meanLatency(300, few), 'calls took 300 ms on average (the limit is 300 ms)'],
    [latencyPercentile(0.95, 200, few), '95 % of calls took up to 304 ms (the limit is 200 ms)'],
    [sustained(failureCount(1), 600), 'for 600 ms 3 calls failed (the limit is 1)'],
    [
      rule({ judge: ({ failures }) => (failures > 1 ? { rule: 'mine', evidence: { failures } } : undefined) }),
      'mine (calls 2, failures 2, slow 0, failureRate 1)',
    ],
  ])('why it opened: %#', (openWhen, why) => {
    expect(openedBy(openWhen)).toBe(`Circuit "payments" opened: ${why}; next attempt in 4.2 s.`);
  });

  it('why it opened on a hang', () => {
    const { breaker, clock, events } = observed({ openWhen: overdue(1, { longerThan: 2_000 }) });
    breaker.acquire();
    clock.advance(3_000);
    breaker.tryAcquire();
    expect(explain(events[0] as never)).toBe(
      'Circuit "payments" opened: 1 call unanswered for 2 s or longer (the limit is 1); next attempt in 1 s.',
    );
  });

  it('each rule that had to agree', () => {
    expect(openedBy(allOf(failureCount(2), consecutiveFailures(2)))).toContain(
      'failureCount and consecutiveFailures (',
    );
  });

  it('every other thing that happens', () => {
    const { breaker, clock, events } = observed({ recover: probes({ permitted: 1 }), permitTimeout: 10 });
    breaker.subscribe((event) => event.type === 'outcome' && events.push(event), { outcomes: true });
    breaker.trip();
    clock.advance(400);
    breaker.tryAcquire();
    clock.advance(600);
    breaker.tryAcquire();
    breaker.tryAcquire();
    clock.advance(10);
    breaker.tryAcquire()?.settle({ outcome: 'failure', kind: '503' });
    clock.advance(1_000);
    breaker.tryAcquire()?.settle('success');
    breaker.setMode('isolated');
    breaker.tryAcquire();
    expect(events.map(explain)).toEqual([
      'Circuit "payments" opened: an operator opened it; next attempt in 1 s.',
      'Circuit "payments" refused a call: an operator opened it; next attempt in 600 ms.',
      'Circuit "payments" went half-open: the open period elapsed and a call arrived.',
      'Circuit "payments" refused a call: it is half-open and all probes are in flight; next attempt in 10 ms.',
      'Circuit "payments" reclaimed a probe that never settled.',
      'Circuit "payments" counted a call as failure (503) after 0 ms.',
      'Circuit "payments" opened: 1 probe failed; next attempt in 1 s.',
      'Circuit "payments" went half-open: the open period elapsed and a call arrived.',
      'Circuit "payments" counted a call as success after 0 ms.',
      'Circuit "payments" closed: 1 probe succeeded.',
      'Circuit "payments" was switched from active to isolated.',
      'Circuit "payments" refused a call: an operator isolated it.',
    ]);
  });

  it('a reason alone', () => {
    expect(explain({ rule: 'trip', at: 1_000, nextAttemptAt: 181_000 })).toBe(
      'An operator opened it; next attempt in 3 min.',
    );
  });

  it('name and numbers if evidence of an older version lacks some', () => {
    expect(explain({ rule: 'failureRate', at: 0, evidence: { failures: 3 } })).toBe('FailureRate (failures 3).');
  });
});
