import type { Clock, Instant, Millis } from '@switchgear/core';
import { invalid, requireOptions } from '@switchgear/core/adapter';
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

/** The shortest interval of a timer: finer steps are not possible. */
const FINEST = 1;

/** The length of a bucket in the default window: a coarser clock would make the buckets useless. */
const COARSEST = 1_000;

/** The resolution in these options, with its default and its range check. */
function resolutionOf(options: CoarseClockOptions): Millis {
  const { resolution = 20 } = requireOptions('coarseClock', options, ['resolution']);
  const fits = typeof resolution === 'number' && resolution >= FINEST && resolution <= COARSEST;
  return fits
    ? resolution
    : invalid('coarseClock resolution', `a number from ${FINEST} to ${COARSEST}`, resolution, '20');
}
