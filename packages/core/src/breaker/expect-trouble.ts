import { refuse, requireMillis } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { Breaker } from './breaker.ts';
import { circuitOf } from './create-breaker.ts';

/**
 * Makes an adaptive breaker more sensitive for a while: call it when a deploy begins. Each failure is then weighed as one
 * right after an outage. Two failures are needed all the same: a single one is what every service has now and then, and
 * a breaker that opens on it would turn each into an outage.
 *
 * @param ms milliseconds, greater than 0
 * @throws {TypeError | RangeError} for a time out of range, or a breaker without vitals: `adaptive`, `squareRoot` bring them
 */
export function expectTrouble(breaker: Breaker, ms: Millis): void {
  requireMillis('expectTrouble', ms);
  const { vitals, now } = circuitOf(breaker);
  if (!vitals) refuse('expectTrouble', 'given a breaker that keeps vitals, such as one made with adaptive()', breaker);
  vitals.expectTrouble(now() + ms);
}
