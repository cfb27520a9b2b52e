import { requireNumber } from '../vocabulary/requirement.ts';
import type { Clock, Instant, Millis } from '../vocabulary/time.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  wall(): Millis;

  /**
   * Advances both readings.
   *
   * @param ms milliseconds, at least 0
   * @throws {RangeError | TypeError} if `ms` is out of range
   */
  advance(ms: Millis): void;

  /**
   * Sets the wall time, which in reality may jump; `now` does not change.
   *
   * @param ms milliseconds since 1970
   */
  setWall(ms: Millis): void;
}

/**
 * Makes a clock for tests, to pass as a breaker's `clock`. Its wall time begins at 2026-01-01.
 *
 * @param start the first reading of `now`, in milliseconds
 * @default start 0
 */
export function manualClock(start: Instant = 0): ManualClock {
  let now = start;
  let wall = Date.UTC(2026, 0, 1);
  return {
    now: () => now,
    wall: () => wall,
    advance(ms): void {
      requireNumber('advance', ms, 0);
      now += ms;
      wall += ms;
    },
    setWall(ms): void {
      wall = ms;
    },
  };
}
