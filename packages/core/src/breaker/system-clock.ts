import type { Clock, Instant, Millis } from '../vocabulary/time.ts';

/** As much as we use of what some engines have and others lack. */
interface Performance {
  now(): Instant;
}

/**
 * The clock of the runtime, looked up when a breaker is made: nothing is read at import, a test's fake timers are seen,
 * and an engine without `performance` still gets a clock that never goes back.
 */
export function systemClock(): Clock {
  const { performance = heldWall() } = globalThis as { performance?: Performance };
  return { now: () => performance.now() };
}

/** Wall time, held still while somebody sets the clock back. */
function heldWall(): Performance {
  let latest = -Infinity;
  return {
    now() {
      latest = Math.max(latest, Date.now());
      return latest;
    },
  };
}

/** Wall time, for what enters or leaves the process. */
export function wallTime(clock: Clock): Millis {
  return (clock.wall ?? Date.now)();
}
