import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyOf,
  type Breaker,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  type DetectorRecipe,
  failureCount,
  failureRate,
  kinds,
  latencyPercentile,
  meanLatency,
  overdue,
  type Rule,
  rule,
  slowCallCount,
  slowCallRate,
  sustained,
  tumblingWindow,
  weights,
} from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';

/** `s` a success, `f` a failure, `t` a failure of kind timeout; a number before it is how long the call took. */
function live(breaker: Breaker, story: string): void {
  for (const [, ms, letter] of story.matchAll(/(\d*)([sft])/g)) {
    const outcome = letter === 's' ? 'success' : 'failure';
    const verdict = letter === 't' ? ({ outcome, kind: 'timeout' } as const) : outcome;
    breaker.tryAcquire()?.settle(verdict, Number(ms ?? 0));
  }
}

function stateAfter(openWhen: Rule | DetectorRecipe, story: string, options: Partial<BreakerOptions> = {}): string {
  const { breaker } = observed({ openWhen, window: countWindow(10), ...options });
  live(breaker, story);
  return breaker.state;
}

const few = { minimumCalls: 4 };

describe('a rule opens', () => {
  it.each<[rule: string, openWhen: Rule | DetectorRecipe, closed: string, open: string]>([
    ['failureRate: at its rate, not below', failureRate(0.5, few), 'sssff', 'ssff'],
    ['failureRate: with enough calls, not before', failureRate(0.5, few), 'fff', 'ffff'],
    ['failureCount: at its count', failureCount(3), 'ffs', 'fsff'],
    ['failureCount: what left the window counts no longer', failureCount(3), 'ffssssssssssf', 'ffssf'],
    [
      'slowCallRate: a call of just the limit is slow',
      slowCallRate(0.5, { ...few, slowerThan: 100 }),
      '99s99s99s100f',
      '99s99s100s100f',
    ],
    [
      'slowCallRate: a failure may be slow too',
      slowCallRate(0.5, { ...few, slowerThan: 100 }),
      '1f1f1f100f',
      '1s1s100f100f',
    ],
    ['slowCallCount: at its count', slowCallCount(2, { slowerThan: 100 }), '100s99s', '100s100s'],
    ['consecutiveFailures: a success between ends the row', consecutiveFailures(3), 'ffsff', 'ffsfff'],
    ['meanLatency: at its mean', meanLatency(100, few), '0s100s100s100s', '100s100s100s100s'],
    [
      'latencyPercentile: the slowest tenth does not move the median',
      latencyPercentile(0.5, 100, few),
      '1s1s900s900s',
      '1s200s200s200s',
    ],
    [
      'latencyPercentile: what takes less than a millisecond is not taken for one',
      latencyPercentile(0.5, 1, few),
      '0s0s0s0s',
      '2s2s2s2s',
    ],
    ['kinds: other failures do not count', failureCount(2, { counting: kinds('timeout') }), 'fffft', 'tft'],
    ['weights: a failure counts by its kind', failureCount(4, { counting: weights({ timeout: 3 }) }), 'tss', 'tf'],
    [
      'weights: of 0 is a failure that does not count',
      failureRate(0.5, { ...few, counting: weights({ timeout: 0 }) }),
      'ttttt',
      'ffff',
    ],
    ['anyOf: as soon as one would', anyOf(consecutiveFailures(2), failureCount(3)), 'fsf', 'ff'],
    [
      'anyOf: each with its own minimum',
      anyOf(failureRate(0.5, { minimumCalls: 8 }), consecutiveFailures(4)),
      'sfff',
      'sffff',
    ],
    ['allOf: not before all would', allOf(failureCount(2), failureRate(0.5, few)), 'ff', 'ffff'],
  ])('%s', (_rule, openWhen, closed, open) => {
    expect(stateAfter(openWhen, closed)).toBe('closed');
    expect(stateAfter(openWhen, open)).toBe('open');
  });

  it('failureRate: 7 of 100 is 7 %, though 0.07 * 100 is more than 7', () => {
    const [rule, options] = [failureRate(0.07, { minimumCalls: 100 }), { window: countWindow(100) }];
    expect(stateAfter(rule, 's'.repeat(94) + 'f'.repeat(6), options)).toBe('closed');
    expect(stateAfter(rule, 's'.repeat(93) + 'f'.repeat(7), options)).toBe('open');
  });

  it('of your own takes ten lines', () => {
    const twoOfTheFirstTen = rule({
      judge: ({ calls, failures }) =>
        calls <= 10 && failures >= 2 ? { rule: 'twoOfTheFirstTen', evidence: { failures } } : undefined,
    });
    expect(stateAfter(twoOfTheFirstTen, 'sf')).toBe('closed');
    expect(stateAfter(twoOfTheFirstTen, 'sff')).toBe('open');
  });

  it('after successes too if asked to: the one that reaches the minimum', () => {
    const rule = failureRate(0.5, few);
    expect(stateAfter(rule, 'ffss', { evaluateOn: 'failure' })).toBe('closed');
    expect(stateAfter(rule, 'ffss', { evaluateOn: 'any' })).toBe('open');
  });

  it('gives its evidence, with the plain counters beside its own numbers', () => {
    const { breaker, events } = observed({ openWhen: slowCallRate(0.5, { slowerThan: 100, minimumCalls: 2 }) });
    live(breaker, '5f200s');
    expect(events.at(-1)?.because?.evidence).toEqual({
      slowCallRate: 0.5,
      limit: 0.5,
      slow: 1,
      slowerThan: 100,
      calls: 2,
      failures: 1,
      failureRate: 0.5,
    });
  });

  it('allOf names both rules, and each number by the rule it comes from', () => {
    const { breaker, events } = observed({ openWhen: allOf(failureCount(2), consecutiveFailures(2)) });
    live(breaker, 'ff');
    expect(events.at(-1)?.because).toMatchObject({
      rule: 'failureCount and consecutiveFailures',
      evidence: { 'failureCount.limit': 2, 'consecutiveFailures.run': 2 },
    });
  });

  it('latencyPercentile knows the percentile to within 6.25 % of itself', () => {
    for (const latency of [1, 3, 17, 99, 250, 1_023, 60_000, 900_000]) {
      const { breaker, events } = observed({ openWhen: latencyPercentile(1, 1, { minimumCalls: 1 }) });
      live(breaker, `${latency}s`);
      const seen = events.at(-1)?.because?.evidence?.['latency'] ?? 0;
      expect(Math.abs(seen - latency) / latency).toBeLessThanOrEqual(0.0625);
    }
  });
});

describe('sustained', () => {
  it('opens when the rule has held for long enough, and a success that breaks it restarts the wait', () => {
    const { breaker, clock } = observed({
      openWhen: sustained(failureRate(0.5, { minimumCalls: 2 }), 1_000),
      window: countWindow(4),
    });
    live(breaker, 'ff');
    clock.advance(999);
    live(breaker, 'f');
    expect(breaker.state).toBe('closed');
    live(breaker, 'sss');
    clock.advance(500);
    live(breaker, 'ff');
    clock.advance(500);
    live(breaker, 'f');
    expect(breaker.state).toBe('closed');
    clock.advance(500);
    live(breaker, 'f');
    expect(breaker.metrics().evidence).toMatchObject({ held: 1_000 });
    expect(breaker.state).toBe('open');
  });
});

describe('tumblingWindow', () => {
  it('forgets all at once, and leaves out a call that began before it did', () => {
    const { breaker, clock } = observed({ openWhen: failureCount(2), window: tumblingWindow(1_000) });
    const early = breaker.acquire();
    live(breaker, 'f');
    clock.advance(1_000);
    live(breaker, 'f');
    early.settle('failure');
    expect(breaker.metrics()).toMatchObject({ state: 'closed', failures: 1 });
    live(breaker, 'f');
    expect(breaker.state).toBe('open');
  });

  it('ends a row of failures with the window it began in', () => {
    const { breaker, clock } = observed({ openWhen: consecutiveFailures(2), window: tumblingWindow(1_000) });
    live(breaker, 'f');
    clock.advance(1_000);
    live(breaker, 'f');
    expect(breaker.state).toBe('closed');
  });

  it('without a length forgets only on moves', () => {
    const { breaker, clock } = observed({ openWhen: failureCount(2), window: tumblingWindow() });
    live(breaker, 'f');
    clock.advance(86_400_000);
    live(breaker, 'f');
    expect(breaker.state).toBe('open');
  });
});

it('latencyPercentile accepts the longest measurable latency as its limit', () => {
  expect(latencyPercentile(0.5, 2 ** 20).slowerThan).toBe(2 ** 20);
});

describe('rules are refused at creation, naming option, value and rule', () => {
  it.each<[make: () => unknown, message: string]>([
    [() => countWindow(0), 'countWindow must be a whole number of at least 1, got 0'],
    [() => tumblingWindow(Number.NaN), 'tumblingWindow must be a number of milliseconds greater than 0, got NaN'],
    [() => failureCount(0.5), 'failureCount must be a whole number of at least 1, got 0.5'],
    [
      () => slowCallCount(1, { slowerThan: '1s' as never }),
      "slowCallCount slowerThan must be a number of milliseconds greater than 0, got '1s'",
    ],
    [() => meanLatency(-1), 'meanLatency must be a number of milliseconds greater than 0, got -1'],
    [() => latencyPercentile(95, 800), 'latencyPercentile must be a share greater than 0 and at most 1, got 95'],
    [() => latencyPercentile(0.5, 2_000_000), 'latencyPercentile limit must be at most 1048576'],
    [() => latencyPercentile(0.9, 0), 'latencyPercentile limit must be a number of milliseconds greater than 0, got 0'],
    [() => slowCallRate(1.5, { slowerThan: 1 }), 'slowCallRate must be a share greater than 0 and at most 1, got 1.5'],
    [() => slowCallCount(0, { slowerThan: 1 }), 'slowCallCount must be a whole number of at least 1, got 0'],
    [() => kinds(), 'kinds must be given at least one kind, got undefined'],
    [() => kinds('timeout', 504 as never), 'kinds must be given strings, got 504'],
    [() => weights({ timeout: -1 }), 'weights timeout must be a number of at least 0, got -1'],
    [() => (allOf as () => Rule)(), 'allOf must be given at least one rule, got undefined'],
    [() => (anyOf as unknown as () => Rule)(), 'anyOf must be given at least one rule, got undefined'],
    [() => allOf({} as never), 'allOf must be given rules, got an object'],
    [() => allOf(undefined as never), 'allOf must be given rules, got undefined'],
    [() => anyOf(0.5 as never), 'anyOf must be given rules, got 0.5'],
    [() => anyOf(null as never), 'anyOf must be given rules, got null'],
    [() => anyOf(overdue(1, { longerThan: 1 }), undefined as never), 'anyOf must be given rules, got undefined'],
    [() => sustained(failureRate(0.5), 0), 'sustained must be a number of milliseconds greater than 0, got 0'],
    [() => sustained(undefined as never, 1), 'sustained must be given a rule, got undefined'],
    [() => sustained({} as never, 1), 'sustained must be given a rule, got an object'],
    [() => overdue(0, { longerThan: 1 }), 'overdue must be a whole number of at least 1, got 0'],
    [() => overdue(1, { longerThan: 0 }), 'overdue longerThan must be a number of milliseconds greater than 0, got 0'],
    [() => overdue(1, { slow: 1 } as never), "overdue has no option 'slow'; it takes longerThan"],
  ])('%#: %2$s', (make, message) => {
    expect(make).toThrow(message);
  });

  it.each<[name: string, takes: string, make: (options: object) => unknown]>([
    ['failureRate', 'minimumCalls, counting', (options) => failureRate(0.5, options)],
    ['failureCount', 'minimumCalls, counting', (options) => failureCount(5, options)],
    ['slowCallRate', 'slowerThan, minimumCalls', (options) => slowCallRate(0.5, { slowerThan: 1, ...options })],
    ['slowCallCount', 'slowerThan, minimumCalls', (options) => slowCallCount(5, { slowerThan: 1, ...options })],
    ['meanLatency', 'minimumCalls', (options) => meanLatency(5, options)],
    ['latencyPercentile', 'minimumCalls', (options) => latencyPercentile(0.5, 5, options)],
  ])('%s takes a minimum of calls, and no option but %s', (name, takes, make) => {
    expect(make({ minimumCalls: 7 })).toHaveProperty('minimumCalls', 7);
    expect(() => make({ minimumCalls: 0 })).toThrow(`${name} minimumCalls must be a whole number of at least 1, got 0`);
    expect(() => make({ minimum: 5 })).toThrow(`${name} has no option 'minimum'; it takes ${takes}`);
  });
});

describe('by default a circuit opens with a failure, never with a success:', () => {
  it.each<[story: string, state: string]>([
    ['ffs', 'closed'],
    ['ffsf', 'open'],
    ['sff', 'open'],
    ['fss', 'closed'],
  ])('%s at a minimum of 3 leaves it %s', (story, state) => {
    expect(stateAfter(failureRate(0.5, { minimumCalls: 3 }), story)).toBe(state);
  });

  it('if judged after successes too, the one that reaches the minimum opens it', () => {
    expect(stateAfter(failureRate(0.5, { minimumCalls: 3 }), 'ffs', { evaluateOn: 'any' })).toBe('open');
  });
});
