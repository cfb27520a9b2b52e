import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BreakerOptions,
  consecutiveFailures,
  createBreaker,
  failureRate,
  slowCallRate,
  timeWindow,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/index.ts';

type Call = typeof call extends fc.Arbitrary<infer C> ? C : never;

const rules: Partial<BreakerOptions>[] = [
  { openWhen: failureRate(0.5, { minimumCalls: 4 }) },
  { openWhen: failureRate(0.3, { minimumCalls: 3 }), window: timeWindow(100, { align: 'first' }) },
  {
    openWhen: slowCallRate(0.4, { slowerThan: 20, minimumCalls: 3 }),
    window: timeWindow(200, { align: 'first-tick' }),
  },
  { openWhen: consecutiveFailures(3) },
];

const call = fc.record({
  gap: fc.constantFrom(0, 0, 1, 9, 10, 30, 99, 100, 1_000),
  takes: fc.constantFrom(0, 0, 5, 19, 20, 50),
  outcome: fc.constantFrom(
    'success' as const,
    'success' as const,
    'success' as const,
    'failure' as const,
    'ignored' as const,
  ),
});

/** Everything a breaker shows over a history. Its metrics are read only at the end: reading them ends a lull. */
function story(options: Partial<BreakerOptions>, calls: readonly Call[], tellAll: boolean): unknown[] {
  const clock = manualClock(1_000);
  const breaker = createBreaker({ name: 'b', clock, random: () => 0.5, ...options });
  const told: unknown[] = [];
  // A listener to outcomes makes the breaker tell its detector of every call.
  breaker.subscribe((event) => event.type !== 'outcome' && told.push(event), { outcomes: tellAll });
  for (const { gap, takes, outcome } of calls) {
    clock.advance(gap);
    const permit = breaker.tryAcquire();
    clock.advance(takes);
    permit?.settle(outcome);
    told.push(breaker.state);
  }
  return [...told, breaker.metrics()];
}

describe('the lull', () => {
  it.each(['failure', 'any'] as const)(
    'changes nothing that can be seen, with successes judged on %s',
    (evaluateOn) => {
      fc.assert(
        fc.property(fc.constantFrom(...rules), fc.array(call, { maxLength: 120 }), (options, calls) => {
          const given = { ...options, evaluateOn };
          expect(story(given, calls, false)).toEqual(story(given, calls, true));
        }),
      );
    },
  );
});
