import {
  type Breaker,
  type BreakerEvent,
  type BreakerOptions,
  consecutiveFailures,
  createBreaker,
  fixed,
} from '@switchgear/core';
import { type ManualClock, manualClock } from '@switchgear/core/testing';

/** A breaker with a manual clock and a record of its events. */
export interface Watched {
  readonly breaker: Breaker;
  readonly clock: ManualClock;
  readonly events: readonly BreakerEvent[];

  /** The moves so far: `closed>open`. */
  moves(): string[];
}

/** By default it opens after two consecutive failures, for a second. */
export function watched(options: Partial<BreakerOptions> = {}): Watched {
  const clock = manualClock();
  const breaker = createBreaker({ clock, ...impatient('watched'), openFor: fixed(1_000), ...options });
  const events: BreakerEvent[] = [];
  breaker.subscribe((event) => events.push(event));
  const moves = () => events.filter(({ type }) => type === 'move').map(({ from, to }) => `${from}>${to}`);
  return { breaker, clock, events, moves };
}

/** Options with the real clock: open after two consecutive failures, for 20 ms. */
export function impatient(name: string): BreakerOptions {
  return { name, openWhen: consecutiveFailures(2), openFor: fixed(20) };
}

/** A call that fails; resolves to the error it rejected with. */
export function fail(breaker: Breaker, error: unknown = new Error('down')): Promise<unknown> {
  return breaker.run(() => Promise.reject(error)).catch((reason: unknown) => reason);
}

/** A call that succeeds. */
export function succeed(breaker: Breaker): Promise<string> {
  return breaker.run(() => 'fine');
}
