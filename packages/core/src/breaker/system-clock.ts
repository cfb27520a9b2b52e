import type { Clock, Instant, Millis } from '../vocabulary/time.ts';

/**
 * The clock of the runtime, looked up when a breaker is made: nothing is read at import, a test's fake timers are seen,
 * and an engine without `performance` still gets a clock that never goes back.
 */
export function systemNow(): () => Instant {
  const { performance } = globalThis as { performance?: { now(): Instant } };
  let latest = -Infinity;
  return performance ? () => performance.now() : () => (latest = Math.max(latest, Date.now()));
}

/** Wall time, for what enters or leaves the process. */
export function wallTime(clock: Clock | undefined): Millis {
  return (clock?.wall ?? Date.now)();
}
