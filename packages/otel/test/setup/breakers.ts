import { type Breaker, type BreakerOptions, consecutiveFailures, createBreaker, fixed } from '@switchgear/core';
import { type ManualClock, manualClock } from '@switchgear/core/testing';

/** A breaker with its clock in the test's hand. */
export interface Held {
  readonly breaker: Breaker;
  readonly clock: ManualClock;
}

/** Opens on the second failure in a row, for ten seconds. */
export function held(options: Partial<BreakerOptions> = {}): Held {
  const clock = manualClock();
  const openWhen = consecutiveFailures(2);
  return { breaker: createBreaker({ name: 'payments', clock, openWhen, openFor: fixed(10_000), ...options }), clock };
}

/** A call that fails, in that kind if one is given. */
export function fail(breaker: Breaker, kind?: string): void {
  breaker.tryAcquire()?.settle(kind === undefined ? 'failure' : { outcome: 'failure', kind });
}

/** A call that succeeds. */
export function succeed(breaker: Breaker): void {
  breaker.tryAcquire()?.settle('success');
}

/** Fails twice. */
export function open(breaker: Breaker): void {
  fail(breaker);
  fail(breaker);
}
