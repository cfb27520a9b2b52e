import { type Breaker, consecutiveFailures, createBreaker, fixed, probes } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import type { AdapterUnderTest } from './adapter-under-test.ts';
import { countPermits } from './count-permits.ts';
import { requireSame } from './expectations.ts';
import { LIMIT, OPEN_PERIOD, RULES, Subject } from './rules.ts';
import { runnerFor, type TestRunner } from './test-runner.ts';

/**
 * The rules that every adapter keeps, tested with its real host. The tests do not wait: they move the breaker's clock. After
 * each of them, every permit must have been settled, once.
 *
 * @param name says what is tested: `'acme 3 over TLS'`
 * @param attach puts the breaker in front of a new host with a healthy dependency; called for each test
 * @param runner `describe` and `it` of your test runner
 * @throws {TypeError} if there is no runner
 * @example
 * ```ts
 * import * as vitest from 'vitest';
 * describeAdapter('acme', (breaker) => ({ succeed: () => client.send('ok'), … }), vitest);
 * ```
 */
export function describeAdapter(
  name: string,
  attach: (breaker: Breaker) => AdapterUnderTest | Promise<AdapterUnderTest>,
  runner?: TestRunner,
): void {
  const { describe, it } = runnerFor(runner);
  describe(`${name} keeps the rules of an adapter`, () => {
    for (const [rule, holds] of Object.entries(RULES)) {
      it(rule, async () => {
        const clock = manualClock();
        const breaker = createBreaker({
          name,
          openWhen: consecutiveFailures(LIMIT),
          openFor: fixed(OPEN_PERIOD),
          recover: probes({ permitted: 1, successes: 1 }),
          clock,
        });
        const permits = countPermits(breaker);
        const host = await attach(permits.breaker);
        try {
          await holds(new Subject(host, breaker, clock));
        } finally {
          await host.dispose?.();
        }
        requireSame('permits that were not settled', permits.inFlight, 0);
        requireSame('permits that were settled twice', permits.settledTwice, 0);
      });
    }
  });
}
