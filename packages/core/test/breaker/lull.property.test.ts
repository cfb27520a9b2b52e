import fc from 'fast-check';
import { describe, it } from 'vitest';
import {
  adaptive,
  allOf,
  anyOf,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  createBreaker,
  cusum,
  failureCount,
  failureRate,
  kinds,
  latencyPercentile,
  meanLatency,
  type Outcome,
  overdue,
  type Ruling,
  rule,
  slowCallCount,
  slowCallRate,
  sustained,
  timeWindow,
  tumblingWindow,
  weights,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { holds } from '../properties/holds.ts';
import { must, same } from '../properties/must.ts';

type Call = typeof call extends fc.Arbitrary<infer C> ? C : never;

const rules: readonly (readonly [name: string, Partial<BreakerOptions>])[] = [
  ['a rate', { openWhen: failureRate(0.5, { minimumCalls: 4 }) }],
  ['a count', { openWhen: failureCount(3), window: countWindow(8) }],
  [
    'a count of slow calls',
    { openWhen: slowCallCount(3, { slowerThan: 20, minimumCalls: 6 }), window: tumblingWindow(100) },
  ],
  [
    'a rate by first calls',
    { openWhen: failureRate(0.3, { minimumCalls: 3 }), window: timeWindow(100, { align: 'first' }) },
  ],
  [
    'slow calls',
    {
      openWhen: slowCallRate(0.4, { slowerThan: 20, minimumCalls: 3 }),
      window: timeWindow(200, { align: 'first-tick' }),
    },
  ],
  ['a row', { openWhen: consecutiveFailures(3) }],
  ['a row without a clock', { openWhen: consecutiveFailures(3), window: tumblingWindow() }],
  ['a mean', { openWhen: meanLatency(15, { minimumCalls: 4 }), window: countWindow(6) }],
  ['a percentile', { openWhen: latencyPercentile(0.7, 20, { minimumCalls: 4 }) }],
  ['kinds', { openWhen: failureRate(0.3, { minimumCalls: 4, counting: kinds('timeout') }) }],
  ['weights', { openWhen: failureCount(3, { counting: weights({ timeout: 2, '503': 0.25 }) }) }],
  ['a rule that must hold', { openWhen: sustained(failureRate(0.4, { minimumCalls: 3 }), 30) }],
  ['a rule that must hold over calls', { openWhen: sustained(failureCount(2), 30), window: countWindow(5) }],
  ['any of two', { openWhen: anyOf(failureRate(0.5, { minimumCalls: 6 }), consecutiveFailures(3)) }],
  ['all of two', { openWhen: allOf(failureRate(0.4, { minimumCalls: 6 }), slowCallRate(0.3, { slowerThan: 20 })) }],
  ['calls that hang', { openWhen: overdue(1, { longerThan: 16 }) }],
  [
    'rules beside detectors',
    {
      openWhen: anyOf(
        slowCallRate(0.6, { slowerThan: 20, minimumCalls: 5 }),
        sustained(failureRate(0.4, { minimumCalls: 3 }), 30),
        overdue(2, { longerThan: 100 }),
      ),
    },
  ],
  [
    'two detectors',
    {
      openWhen: anyOf(
        slowCallRate(0.4, { slowerThan: 20, minimumCalls: 3 }),
        sustained(failureRate(0.4, { minimumCalls: 3 }), 30),
      ),
    },
  ],
  ['a sequential test', { openWhen: cusum() }],
  ['a sequential test beside a rule', { openWhen: anyOf(failureRate(0.5, { minimumCalls: 6 }), cusum()) }],
  ['adaptive mode', adaptive()],
  ['a rule of the user', { openWhen: rule({ judge: ({ calls }) => (calls < 9 ? undefined : { rule: 'nine' }) }) }],
];

const call = fc.record({
  gap: fc.constantFrom(0, 0, 1, 9, 10, 30, 99, 100, 1_000),
  takes: fc.constantFrom(0, 0, 5, 19, 20, 50),
  settled: fc.nat(9).map((die) => die < 9),
  looked: fc.nat(9).map((die) => die === 0),
  verdict: fc.constantFrom<(Outcome | Ruling)[]>(
    'success',
    'success',
    'success',
    'success',
    'failure',
    'ignored',
    { outcome: 'failure', kind: 'timeout' },
    { outcome: 'failure', kind: '503' },
  ),
});

/** Everything a breaker shows over a history. Told of all calls, it has no lulls; and reading its metrics ends one. */
function story(options: Partial<BreakerOptions>, calls: readonly Call[], tellAll: boolean, look: boolean): unknown[] {
  const clock = manualClock(1_000);
  const breaker = createBreaker({ name: 'b', clock, random: () => 0.5, ...options });
  const told: unknown[] = [];
  // A listener to outcomes makes the breaker tell its detector of every call.
  breaker.subscribe((event) => event.type !== 'outcome' && told.push(event), { outcomes: tellAll });
  for (const { gap, takes, verdict, settled, looked } of calls) {
    clock.advance(gap);
    const permit = breaker.tryAcquire();
    clock.advance(takes);
    if (settled) permit?.settle(verdict);
    if (look && looked) breaker.metrics();
    told.push(breaker.state);
  }
  return [...told, breaker.metrics()];
}

describe.each(rules)('for %s, the lull', (_name, options) => {
  it.each(['failure', 'any'] as const)('changes nothing observable, with rules judged on %s', (evaluateOn) => {
    holds(
      fc.property(fc.array(call, { maxLength: 120, size: 'max' }), (calls) => {
        const given = { ...options, evaluateOn };
        const plain = story(given, calls, true, false);
        must(same(story(given, calls, false, false), plain), () => 'with lulls it is another story');
        must(same(story(given, calls, false, true), plain), () => 'looking has changed the story');
      }),
      25,
    );
  });
});
