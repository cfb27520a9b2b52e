import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adaptive,
  allOf,
  anyOf,
  type Breaker,
  type BreakerOptions,
  consecutiveFailures,
  createBreaker,
  cusum,
  failureCount,
  failureRate,
  fixed,
  kinds,
  latencyPercentile,
  meanLatency,
  overdue,
  probes,
  type RecoverRecipe,
  type Ruling,
  ramp,
  rule,
  slowCallCount,
  slowCallRate,
  sustained,
  weights,
} from '../../src/index.ts';
import { type ManualClock, manualClock } from '../../src/testing/manual-clock.ts';
import { holds } from '../properties/holds.ts';

const slower = { slowerThan: 100 };
const many = { minimumCalls: 50 };

/** Every ready-made rule, each with a limit that no small sample reaches. */
const rules: Record<string, NonNullable<BreakerOptions['openWhen']>> = {
  failureRate: failureRate(1, many),
  failureCount: failureCount(50),
  consecutiveFailures: consecutiveFailures(50),
  slowCallRate: slowCallRate(1, { ...slower, ...many }),
  slowCallCount: slowCallCount(50, slower),
  meanLatency: meanLatency(60_000, many),
  latencyPercentile: latencyPercentile(0.99, 60_000, many),
  kinds: failureRate(0.1, { counting: kinds('never seen') }),
  weights: failureCount(1, { counting: weights({ timeout: 0, '503': 0.01 }) }),
  allOf: allOf(failureCount(50), slowCallCount(50, slower)),
  anyOf: anyOf(failureCount(50), slowCallCount(50, slower)),
  sustained: sustained(failureCount(50), 60_000),
  overdue: overdue(50, { longerThan: 60_000 }),
  cusum: cusum(),
  'several detectors': anyOf(overdue(50, { longerThan: 60_000 }), consecutiveFailures(50)),
  'one of the user’s own': rule({ judge: () => undefined }),
};

const recoveries: Record<string, RecoverRecipe> = {
  'probes counted': probes({ permitted: 3 }),
  'a sample': probes({ permitted: 3, sample: 3 }),
  'a sample, one at a time': probes({ permitted: 1, sample: 4 }),
  'a sample of one': probes({ permitted: 1, sample: 1 }),
  'a ramp': ramp([0.5, 1], { stage: 10 }),
};

const judged: Record<string, RecoverRecipe> = {
  'a sample judged by a rate': probes({ permitted: 3, sample: 3, judge: failureRate(1, many) }),
  'a sample judged by kinds': probes({ permitted: 3, sample: 3, judge: failureCount(1, { counting: kinds('none') }) }),
  'a sample judged by weights': probes({
    permitted: 3,
    sample: 3,
    judge: failureCount(3, { counting: weights({ timeout: 0 }) }),
  }),
  'a sample judged by latency': probes({ permitted: 3, sample: 3, judge: meanLatency(60_000) }),
  'a ramp judged by a count': ramp([0.5, 1], { stage: 10, judge: failureCount(50) }),
};

function halfOpen(options: Partial<BreakerOptions>): { breaker: Breaker; clock: ManualClock } {
  const clock = manualClock();
  const breaker = createBreaker({ name: 'payments', clock, openFor: fixed(60_000), ...options });
  breaker.halfOpen();
  return { breaker, clock };
}

/** As many calls as go through end badly. */
function endBadly({ breaker, clock }: ReturnType<typeof halfOpen>, endings: readonly Ruling[], duration = 1): void {
  for (const ending of endings) {
    if (breaker.state !== 'half-open') return;
    breaker.tryAcquire()?.settle(ending, duration);
    clock.advance(11);
  }
}

const failures = (...kinds: string[]): Ruling[] =>
  Array.from({ length: 20 }, (_, call) => ({ outcome: 'failure', kind: kinds[call % kinds.length] as string }));

describe('where every probe fails the circuit opens again, whatever opens it:', () => {
  const table = Object.entries(rules).flatMap(([rule, openWhen]) =>
    Object.entries(recoveries).map(([by, recover]) => [rule, by, { openWhen, recover }] as const),
  );
  it.each(table)('%s, recovering by %s', (_rule, _by, options) => {
    for (const kind of ['timeout', '503', 'ECONNRESET']) {
      const subject = halfOpen(options);
      endBadly(subject, failures(kind));
      expect(subject.breaker.state).toBe('open');
    }
  });

  it.each(Object.entries(judged))('%s', (_by, recover) => {
    const subject = halfOpen({ recover });
    endBadly(subject, failures('timeout', '503'));
    expect(subject.breaker.state).toBe('open');
  });

  it('adaptive', () => {
    const subject = halfOpen(adaptive());
    endBadly(subject, failures('timeout'));
    expect(subject.breaker.state).toBe('open');
  });

  it('for every mix of failures and slow answers, if the rule judges slowness', () => {
    const openWhen = fc.constantFrom(...['slowCallRate', 'slowCallCount', 'allOf', 'anyOf'].map((name) => rules[name]));
    const endings = fc.array(fc.constantFrom<Ruling['outcome'][]>('failure', 'success'), {
      minLength: 20,
      maxLength: 20,
    });
    holds(
      fc.property(openWhen, fc.constantFrom(...Object.values(recoveries)), endings, (rule, recover, outcomes) => {
        const subject = halfOpen({ recover, ...(rule && { openWhen: rule }) });
        // 100 ms and longer are slow: none of these is a good answer.
        endBadly(
          subject,
          outcomes.map((outcome) => ({ outcome })),
          100,
        );
        expect(subject.breaker.state).toBe('open');
      }),
    );
  });
});

describe('where every probe succeeds in time the circuit closes, whatever opens it:', () => {
  const table = Object.entries(rules).flatMap(([rule, openWhen]) =>
    Object.entries(recoveries).map(([by, recover]) => [rule, by, { openWhen, recover }] as const),
  );
  it.each(table)('%s, recovering by %s', (_rule, _by, options) => {
    const subject = halfOpen(options);
    endBadly(
      subject,
      Array.from({ length: 20 }, () => ({ outcome: 'success' })),
    );
    expect(subject.breaker.state).toBe('closed');
  });
});

describe('a sample', () => {
  it('in which every probe failed opens with its own name if its rule has no verdict', () => {
    const subject = halfOpen({ openWhen: consecutiveFailures(5), recover: probes({ permitted: 3, sample: 3 }) });
    const because: unknown[] = [];
    subject.breaker.subscribe((event) => because.push(event.because));
    endBadly(subject, failures('timeout'));
    expect(because).toMatchObject([{ rule: 'probes', evidence: { calls: 3, failures: 3 } }]);
  });

  it('with one good probe is judged only by its rule', () => {
    const subject = halfOpen({ openWhen: consecutiveFailures(5), recover: probes({ permitted: 3, sample: 3 }) });
    endBadly(subject, [{ outcome: 'failure' }, { outcome: 'success' }, { outcome: 'failure' }]);
    expect(subject.breaker.state).toBe('closed');
  });

  it('of ignored probes decides nothing', () => {
    const subject = halfOpen({ recover: probes({ permitted: 3, sample: 3 }) });
    endBadly(
      subject,
      Array.from({ length: 9 }, () => ({ outcome: 'ignored' })),
    );
    expect(subject.breaker.state).toBe('half-open');
  });
});
