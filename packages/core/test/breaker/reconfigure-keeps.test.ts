import { describe, expect, it } from 'vitest';
import { blueprintOf } from '../../src/circuit/blueprint.ts';
import { defaultsFor } from '../../src/circuit/defaults.ts';
import { resolveOptions } from '../../src/circuit/resolve-options.ts';
import {
  adaptive,
  allOf,
  anyOf,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  cusum,
  exponential,
  failureCount,
  failureRate,
  fixed,
  kinds,
  latencyPercentile,
  meanLatency,
  overdue,
  probes,
  ramp,
  slowCallCount,
  slowCallRate,
  squareRoot,
  sustained,
  timeWindow,
  tumblingWindow,
  weights,
} from '../../src/index.ts';
import { fail, observed, succeed } from './breakers.ts';

/** Every plug of the library, made again at each call. */
const plugs: Readonly<Record<string, () => Partial<BreakerOptions>>> = {
  failureRate: () => ({ openWhen: failureRate(0.4, { minimumCalls: 7 }) }),
  failureCount: () => ({ openWhen: failureCount(5) }),
  slowCallRate: () => ({ openWhen: slowCallRate(0.5, { slowerThan: 100 }) }),
  slowCallCount: () => ({ openWhen: slowCallCount(5, { slowerThan: 100 }) }),
  consecutiveFailures: () => ({ openWhen: consecutiveFailures(4) }),
  meanLatency: () => ({ openWhen: meanLatency(100) }),
  latencyPercentile: () => ({ openWhen: latencyPercentile(0.9, 1_000) }),
  allOf: () => ({ openWhen: allOf(failureCount(5), failureRate(0.5)) }),
  'anyOf of rules': () => ({ openWhen: anyOf(failureCount(5), failureRate(0.5)) }),
  'anyOf of detectors': () => ({ openWhen: anyOf(failureCount(5), overdue(5, { longerThan: 100 })) }),
  overdue: () => ({ openWhen: overdue(5, { longerThan: 100 }) }),
  sustained: () => ({ openWhen: sustained(failureRate(0.5), 60_000) }),
  cusum: () => ({ openWhen: cusum({ breakEven: 0.4 }) }),
  'adaptive, all three': () => adaptive({ breakEven: 0.6 }),
  kinds: () => ({ openWhen: failureRate(0.5, { counting: kinds('timeout', '503') }) }),
  weights: () => ({ openWhen: failureRate(0.5, { counting: weights({ timeout: 0.5 }) }) }),
  timeWindow: () => ({ window: timeWindow(20_000, { buckets: 4, align: 'first' }) }),
  countWindow: () => ({ window: countWindow(100) }),
  tumblingWindow: () => ({ window: tumblingWindow(20_000) }),
  fixed: () => ({ openFor: fixed(4_000) }),
  exponential: () => ({ openFor: exponential(4_000, { jitter: 'full' }) }),
  squareRoot: () => ({ openFor: squareRoot() }),
  probes: () => ({ recover: probes({ permitted: 2, successes: 3 }) }),
  'probes sampled': () => ({ recover: probes({ permitted: 2, sample: 3, judge: failureRate(0.3) }) }),
  ramp: () => ({ recover: ramp([0.2, 0.5, 1], { stage: 3_000 }) }),
};

const resolved = (options: Partial<BreakerOptions>) =>
  resolveOptions({ name: 'payments', ...options }, defaultsFor(options));

describe('a plug made again with the same arguments is not a change:', () => {
  it.each(Object.entries(plugs))('%s', (_what, make) => {
    const made = blueprintOf(resolved(make()), undefined);
    expect(blueprintOf(resolved(make()), made)).toBe(made);
  });

  it('but one with other arguments is', () => {
    const of = (options: Partial<BreakerOptions>, before?: ReturnType<typeof blueprintOf>) =>
      blueprintOf(resolved(options), before);
    for (const [one, other] of [
      [{ openWhen: failureRate(0.5) }, { openWhen: failureRate(0.6) }],
      [{ openWhen: sustained(failureRate(0.5), 10) }, { openWhen: sustained(failureRate(0.5), 20) }],
      [{ openWhen: sustained(failureRate(0.5), 10) }, { openWhen: sustained(failureRate(0.6), 10) }],
      [{ openFor: fixed(1) }, { openFor: fixed(2) }],
      [{ recover: ramp([0.5, 1]) }, { recover: ramp([0.4, 1]) }],
      [{ openFor: () => 5 }, { openFor: () => 5 }],
    ]) {
      const before = of(one as Partial<BreakerOptions>);
      expect(of(other as Partial<BreakerOptions>, before)).not.toBe(before);
    }
  });
});

describe('reconfigure, once a second,', () => {
  it.each<[string, () => Partial<BreakerOptions>]>([
    ['nothing', () => ({})],
    ['another onError', () => ({ onError: () => {} })],
    ['another openFor', () => ({ openFor: fixed(1_000 + Math.random()) })],
    ['another rule', () => ({ openWhen: consecutiveFailures(2 + Math.ceil(Math.random() * 9)) })],
    ['the same recovery', () => ({ recover: probes({ permitted: 1, successes: 2 }) })],
    ['another classifier', () => ({ classify: () => undefined })],
  ])('does not keep a circuit half-open whose 2 s probes all succeed: %s', (_what, changes) => {
    const { breaker, clock } = observed({ recover: probes({ permitted: 1, successes: 2 }) });
    breaker.trip();
    clock.advance(1_000);
    for (let probe = 0; probe < 2; probe++) {
      const permit = breaker.acquire();
      for (let second = 0; second < 2; second++) {
        clock.advance(1_000);
        breaker.reconfigure(changes());
      }
      permit.settle('success');
    }
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics().late).toBe(0);
  });

  it('does not keep a rule from being sustained', async () => {
    const openWhen = () => sustained(failureRate(0.5, { minimumCalls: 1 }), 60_000);
    const { breaker, clock, moves } = observed({ openWhen: openWhen() });
    for (let second = 0; second < 62; second++) {
      await fail(breaker);
      clock.advance(1_000);
      breaker.reconfigure({ openWhen: openWhen() });
    }
    expect(moves()[0]).toBe('closed>open');
  });

  it('does not keep a rule from being sustained while only its time changes', async () => {
    const { breaker, clock, moves } = observed({ openWhen: sustained(consecutiveFailures(1), 60_000) });
    for (let second = 0; second < 62; second++) {
      await fail(breaker);
      clock.advance(1_000);
      breaker.reconfigure({ openWhen: sustained(consecutiveFailures(1), 60_000 - second) });
    }
    expect(moves()[0]).toBe('closed>open');
  });

  it.each([
    ['the same limit', () => 5],
    ['another limit', (second: number) => 5 + (second % 2)],
  ])('does not forget calls that hang: %s', (_what, limit) => {
    const { breaker, clock, moves } = observed({ openWhen: overdue(5, { longerThan: 4_000 }) });
    for (let second = 0; second < 12 && breaker.state === 'closed'; second++) {
      breaker.tryAcquire();
      clock.advance(1_000);
      breaker.reconfigure({ openWhen: overdue(limit(second), { longerThan: 4_000 }) });
    }
    expect(moves()[0]).toBe('closed>open');
  });

  it.each([
    ['cusum', () => ({ openWhen: cusum() })],
    ['adaptive', () => adaptive({ breakEven: 0.5001 })],
  ])('does not clear what %s has counted', async (_what, plugs) => {
    const { breaker, clock, moves } = observed(plugs());
    for (let second = 0; second < 20 && breaker.state === 'closed'; second++) {
      await fail(breaker);
      clock.advance(1_000);
      breaker.reconfigure(plugs());
    }
    expect(moves()[0]).toBe('closed>open');
  });

  it('does not put a ramp back to its first share', () => {
    const { breaker, clock } = observed({ recover: ramp([0.1, 0.5, 1], { stage: 1_000 }) });
    breaker.trip();
    clock.advance(1_000);
    const first = breaker.acquire();
    clock.advance(1_000);
    first.settle('success');
    expect(breaker.metrics().share).toBe(0.5);
    breaker.reconfigure({ onError: () => {} });
    breaker.reconfigure({ recover: ramp([0.1, 0.5, 1], { stage: 1_000 }) });
    expect(breaker.metrics().share).toBe(0.5);
  });

  it('does not put a ramp that has a judge of its own back when only the breaker’s rule changes', () => {
    const { breaker } = observed({ recover: ramp([0.5, 1], { successes: 1, judge: failureRate(0.5) }) });
    breaker.trip();
    breaker.halfOpen();
    breaker.acquire().settle('success');
    expect(breaker.metrics().share).toBe(1);
    breaker.reconfigure({ openWhen: failureRate(0.2) });
    expect(breaker.metrics().share).toBe(1);
  });

  it('keeps a lull, and with it every success', async () => {
    const { breaker } = observed({ openWhen: failureRate(0.5) });
    for (let call = 0; call < 30; call++) {
      await succeed(breaker);
      breaker.reconfigure({ openWhen: failureRate(0.5), onError: () => {} });
    }
    expect(breaker.metrics().calls).toBe(30);
  });
});

describe('an explicit undefined', () => {
  it('removes classify, onError and vitals', async () => {
    const reports: unknown[] = [];
    const { breaker } = observed({ classify: () => 'ignored', onError: (error) => reports.push(error) });
    breaker.reconfigure({ classify: undefined });
    await fail(breaker);
    expect(breaker.metrics().failures).toBe(1);
    breaker.reconfigure({ onError: undefined });
    breaker.subscribe(() => expect.fail('listener'));
    breaker.trip();
    expect(reports).toEqual([]);
    breaker.reconfigure({ vitals: undefined });
    expect(breaker.state).toBe('open');
  });
});
