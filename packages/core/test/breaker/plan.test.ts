import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyOf,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  createBreaker,
  cusum,
  database,
  externalApi,
  failureCount,
  failureRate,
  kinds,
  latencyPercentile,
  type Measure,
  meanLatency,
  microservice,
  overdue,
  payments,
  probes,
  ramp,
  realtime,
  rule,
  slowCallCount,
  slowCallRate,
  sustained,
  timeWindow,
  tumblingWindow,
  type WindowRecipe,
  weights,
} from '../../src/index.ts';
import { fail } from './breakers.ts';

const slower = { slowerThan: 100 };
const twenty = { minimumCalls: 20 };

/** Options that are each valid and never open together; the refusal names both with their numbers, and a cure. */
const inert: [what: string, options: Omit<BreakerOptions, 'name'>, message: string][] = [
  [
    'a minimum above the window',
    { openWhen: failureRate(0.5, twenty), window: countWindow(10) },
    'openWhen failureRate minimumCalls is 20, but window countWindow(10) holds 10 calls: ' +
      'set failureRate minimumCalls to 10 or less, or use a window that holds 20, such as countWindow(20)',
  ],
  [
    'a count above the window',
    { openWhen: failureCount(6), window: countWindow(5) },
    'openWhen failureCount is 6, but window countWindow(5) holds 5 calls: ' +
      'set failureCount to 5 or less, or use a window that holds 6, such as countWindow(6)',
  ],
  [
    'a count within the window whose minimum is above it',
    { openWhen: failureCount(3, twenty), window: countWindow(5) },
    'failureCount minimumCalls is 20',
  ],
  [
    'a count of slow calls',
    { openWhen: slowCallCount(6, slower), window: countWindow(5) },
    'slowCallCount is 6, but window countWindow(5) holds 5 calls',
  ],
  [
    'a minimum of slow calls',
    { openWhen: slowCallCount(1, { ...slower, minimumCalls: 6 }), window: countWindow(5) },
    'slowCallCount minimumCalls is 6',
  ],
  [
    'a share of slow calls',
    { openWhen: slowCallRate(0.5, { ...slower, ...twenty }), window: countWindow(5) },
    'slowCallRate minimumCalls is 20',
  ],
  ['a mean', { openWhen: meanLatency(100, twenty), window: countWindow(5) }, 'meanLatency minimumCalls is 20'],
  [
    'a percentile',
    { openWhen: latencyPercentile(0.9, 100, twenty), window: countWindow(5) },
    'latencyPercentile minimumCalls is 20',
  ],
  [
    'a count of failures of a kind',
    { openWhen: failureCount(6, { counting: kinds('timeout') }), window: countWindow(5) },
    'failureCount is 6, but window countWindow(5)',
  ],
  [
    'a count that the heaviest failures cannot reach',
    { openWhen: failureCount(11, { counting: weights({ timeout: 2, '429': 0.5 }) }), window: countWindow(5) },
    'failureCount is 11, but window countWindow(5) holds 5 calls: ' +
      'set failureCount to 10 or less, or use a window that holds 6',
  ],
  [
    'one of several in anyOf',
    { openWhen: anyOf(consecutiveFailures(5), failureCount(6)), window: countWindow(5) },
    'failureCount is 6',
  ],
  [
    'one of several in anyOf beside a detector',
    { openWhen: anyOf(overdue(5, { longerThan: 100 }), failureRate(0.5, twenty)), window: countWindow(5) },
    'failureRate minimumCalls is 20',
  ],
  [
    'one of several in allOf',
    { openWhen: allOf(failureCount(2), failureRate(0.5, twenty)), window: countWindow(5) },
    'failureRate minimumCalls is 20',
  ],
  [
    'a rule in sustained',
    { openWhen: sustained(failureCount(6), 1_000), window: countWindow(5) },
    'failureCount is 6, but window countWindow(5)',
  ],
  [
    'one deep inside',
    { openWhen: anyOf(cusum(), sustained(allOf(anyOf(failureCount(6))), 1_000)), window: countWindow(5) },
    'failureCount is 6, but window countWindow(5)',
  ],
  ['a preset over a smaller window', { ...externalApi, window: countWindow(5) }, 'failureRate minimumCalls is 10'],
  [
    'a rule of the user’s own that says what it needs',
    { openWhen: rule({ judge: () => undefined, minimumCalls: 6 }), window: countWindow(5) },
    'openWhen minimumCalls is 6, but window countWindow(5) holds 5 calls: set minimumCalls to 5 or less',
  ],
  [
    'a window of the user’s own that says what it holds',
    { openWhen: failureCount(6), window: { ...timeWindow(1_000), id: 'five', capacity: 5 } },
    'failureCount is 6, but window five holds 5 calls',
  ],
  [
    'a rule that must hold for longer than its window goes without forgetting everything',
    { openWhen: sustained(failureCount(2), 10_000), window: tumblingWindow(10_000) },
    'sustained is 10000 ms, but window tumblingWindow(10000) forgets everything after 10000 ms: ' +
      'set sustained to less than 10000, or use timeWindow(10000)',
  ],
  [
    'a row that must hold for longer than its window goes without forgetting everything',
    { openWhen: sustained(allOf(consecutiveFailures(2)), 20_000), window: tumblingWindow(10_000) },
    'sustained is 20000 ms',
  ],
  [
    'a judge that counts up to more than the sample',
    { recover: probes({ permitted: 3, sample: 3, judge: failureCount(5) }) },
    'probes judge failureCount is 5, but probes sample holds 3 calls: set failureCount to 3 or less, or sample to 5 or more',
  ],
  [
    'a judge of a longer row than the sample',
    { recover: probes({ permitted: 3, sample: 3, judge: consecutiveFailures(4) }) },
    'consecutiveFailures is 4, but probes sample holds 3 calls',
  ],
  [
    'a judge made of others',
    { recover: probes({ permitted: 3, sample: 3, judge: anyOf(failureRate(0.5), slowCallCount(4, slower)) }) },
    'slowCallCount is 4, but probes sample holds 3 calls',
  ],
];

describe('options that are valid alone and could never open together are refused, naming both:', () => {
  it.each(inert)('at creation: %s', (_what, options, message) => {
    expect(() => createBreaker({ name: 'payments', ...options })).toThrow(RangeError);
    expect(() => createBreaker({ name: 'payments', ...options })).toThrow(message);
  });

  it.each(inert)('in reconfigure, which then changes nothing: %s', async (_what, options, message) => {
    const breaker = createBreaker({ name: 'payments', openWhen: failureCount(2) });
    await fail(breaker);
    expect(() => breaker.reconfigure(options)).toThrow(message);
    expect(breaker.metrics().failures).toBe(1);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('in reconfigure, a new option beside one from creation', () => {
    const breaker = createBreaker({ name: 'payments', openWhen: failureCount(6) });
    expect(() => breaker.reconfigure({ window: countWindow(5) })).toThrow('failureCount is 6');
    breaker.reconfigure({ window: countWindow(6) });
    expect(() => breaker.reconfigure({ openWhen: failureCount(7) })).toThrow('window countWindow(6) holds 6 calls');
  });
});

describe('a default minimum of calls is lowered to what the window holds:', () => {
  it.each<[what: string, openWhen: BreakerOptions['openWhen']]>([
    ['the default rule', undefined],
    ['failureRate', failureRate(0.5)],
    ['failureRate by kinds', failureRate(0.5, { counting: weights({}) })],
    ['slowCallRate', slowCallRate(0.5, { slowerThan: 1 })],
    ['meanLatency', meanLatency(1)],
    ['latencyPercentile', latencyPercentile(0.5, 1)],
    ['in anyOf', anyOf(failureRate(0.5), failureRate(1, { minimumCalls: 10 }))],
    ['in allOf', allOf(failureRate(0.5), slowCallRate(0.5, { slowerThan: 1 }))],
    ['in anyOf beside a detector', anyOf(cusum({ breakEven: 1e-9 }), failureRate(0.5))],
  ])('%s', (_what, openWhen) => {
    const breaker = createBreaker({ name: 'payments', window: countWindow(10), ...(openWhen && { openWhen }) });
    for (let call = 1; call < 10; call++) breaker.record('failure', 100);
    expect(breaker.state).toBe('closed');
    breaker.record('failure', 100);
    expect(breaker.state).toBe('open');
  });

  it('and stays as it is if the window holds more', () => {
    const breaker = createBreaker({ name: 'payments', window: countWindow(21) });
    for (let call = 1; call < 20; call++) breaker.record('failure');
    expect(breaker.state).toBe('closed');
    breaker.record('failure');
    expect(breaker.state).toBe('open');
  });

  it('for each breaker separately, even if they share the rule', () => {
    const openWhen = failureRate(0.5);
    const [small, large] = [countWindow(2), countWindow(20)].map((window) =>
      createBreaker({ name: 'payments', openWhen, window }),
    );
    for (const breaker of [small, large]) for (let call = 0; call < 2; call++) breaker?.record('failure');
    expect([small?.state, large?.state]).toEqual(['open', 'closed']);
  });

  it('also if reconfigure brings a smaller window', () => {
    const breaker = createBreaker({ name: 'payments', window: countWindow(50) });
    breaker.reconfigure({ window: countWindow(2) });
    for (let call = 0; call < 2; call++) breaker.record('failure');
    expect(breaker.state).toBe('open');
  });
});

describe('options that can open together are accepted:', () => {
  const ownWindow: WindowRecipe = {
    id: 'own',
    timed: false,
    start: (at, columns) => countWindow(5).start(at, columns),
  };
  const ownRule = rule({ judge: ({ failures }) => (failures > 3 ? { rule: 'own' } : undefined) });
  const ownMeasure: Measure = { id: 'own', width: 1, under: Infinity, add: () => false };

  it.each<[what: string, options: Omit<BreakerOptions, 'name'>]>([
    ['a minimum of just what the window holds', { openWhen: failureRate(0.5, twenty), window: countWindow(20) }],
    ['a count of just what the window holds', { openWhen: failureCount(5), window: countWindow(5) }],
    ['a row longer than the window: it goes on', { openWhen: consecutiveFailures(9), window: countWindow(5) }],
    [
      'a count that heavy failures reach',
      { openWhen: failureCount(10, { counting: weights({ timeout: 2 }) }), window: countWindow(5) },
    ],
    ['any number over a window of time', { openWhen: failureCount(1_000_000), window: timeWindow(1_000) }],
    ['any number over a tumbling window', { openWhen: failureCount(1_000_000), window: tumblingWindow(1_000) }],
    [
      'a single call sustained over windows',
      { openWhen: sustained(failureCount(1), 9_000), window: tumblingWindow(10) },
    ],
    [
      'anything sustained where moves alone end a window',
      { openWhen: sustained(failureCount(9), 9), window: tumblingWindow() },
    ],
    [
      'a detector without a window, whatever the window',
      { ...microservice, openWhen: cusum(), window: countWindow(1) },
    ],
    ['a window of the user’s own that says nothing', { openWhen: failureCount(6), window: ownWindow }],
    ['a rule of the user’s own that says nothing', { openWhen: ownRule, window: countWindow(1) }],
    [
      'a measure of the user’s own that says nothing',
      { openWhen: failureCount(6, { counting: ownMeasure }), window: countWindow(5) },
    ],
    [
      'a judge with a minimum, which no sample has',
      { recover: probes({ permitted: 3, sample: 3, judge: failureRate(0.5, twenty) }) },
    ],
    [
      'a judge of heavy failures',
      { recover: probes({ permitted: 3, sample: 3, judge: failureCount(6, { counting: weights({ timeout: 2 }) }) }) },
    ],
    [
      'the breaker’s own count above a sample',
      { openWhen: failureCount(5), recover: probes({ permitted: 3, sample: 3 }) },
    ],
    ['a ramp’s judge, whose stages hold any number', { recover: ramp([0.1, 1], { judge: failureCount(50) }) }],
    ...Object.entries({ database, externalApi, microservice, payments, realtime }),
  ])('%s', (_what, options) => {
    const breaker = createBreaker({ name: 'payments', ...options });
    breaker.reconfigure(options);
    expect(breaker.state).toBe('closed');
  });
});
