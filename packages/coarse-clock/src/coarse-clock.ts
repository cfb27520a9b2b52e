import type { Clock, Instant, Millis } from '@switchgear/core';
import { resolutionOf } from './resolution.ts';
import { steppedTime } from './stepped-time.ts';

/** Options of {@link coarseClock}. */
export interface CoarseClockOptions {
  /**
   * Step of the clock in milliseconds, from 1 to 1 000. Use at most a tenth of the shortest time that a rule measures: a
   * bucket of a window, the limit of a slow call.
   *
   * @default 20
   */
  readonly resolution?: Millis;
}

/** One clock for each resolution, so that a hundred breakers share one timer and read the same time. */
const readings = new Map<Millis, () => Instant>();

/**
 * A clock whose readings cost almost nothing, for a breaker's option `clock`. While it is being read, one timer per
 * resolution updates it; the timer keeps no process alive. Where timers do not run in the background (Workers, browsers)
 * each reading is exact, and costs what `performance.now` costs there.
 *
 * @throws {TypeError | RangeError} if an option is unknown or out of range
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
