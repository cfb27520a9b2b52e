import type { Clock, Instant, Millis } from '@switchgear/core';
import { resolutionOf } from './resolution.ts';
import { steppedTime } from './stepped-time.ts';

/** Options of {@link coarseClock}. */
export interface CoarseClockOptions {
  /**
   * Milliseconds from one step of the clock to the next, from 1 to 1 000. Take at most a tenth of the shortest time you
   * judge by: the bucket of a window, the limit of a slow call.
   *
   * @default 20
   */
  readonly resolution?: Millis;
}

/** One for each resolution: a hundred breakers cost one timer, and read the same time. */
const readings = new Map<Millis, () => Instant>();

/**
 * A clock that is read for next to nothing, for a breaker's option `clock`. One timer of the process keeps it up to date
 * while somebody reads it; it keeps no process alive. Where no timer runs in the background (Workers, browsers) each
 * reading is exact, and costs what `performance.now` costs there.
 *
 * @throws {TypeError | RangeError} for an option out of range or unknown
 * @example
 * ```ts
 * const payments = createBreaker({ name: 'payments', clock: coarseClock() });
 * ```
 */
export function coarseClock(options: CoarseClockOptions = {}): Clock {
  const resolution = resolutionOf(options);
  const now = readings.get(resolution) ?? steppedTime(resolution);
  readings.set(resolution, now);
  return { now, resolution };
}
