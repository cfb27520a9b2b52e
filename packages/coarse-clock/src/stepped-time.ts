import type { Instant, Millis } from '@switchgear/core';
import { inBackground } from './in-background.ts';

/** Milliseconds without a reading after which the timer stops. Long enough not to restart it for each request. */
const QUIET: Millis = 500;

/**
 * Readings within one step after which a reading updates the time itself. No timer runs during a loop of microtasks or a
 * stalled turn, so the time would stand still. At 256 this cost 4 ns a call, at 1,024 less than one.
 */
const ENOUGH = 1_024;

/**
 * The time in steps. Each step reads the real time and is never a sum of steps, so a late timer makes one long step and
 * no lasting error.
 *
 * Each reading increments a counter. From it the timer knows whether the clock is still being read, and a reading whether
 * it has to update the time itself: while no timer runs, the counter stays at `ENOUGH`.
 */
export function steppedTime(resolution: Millis): () => Instant {
  let latest: Instant = -Infinity;
  let readings = ENOUGH;
  let quiet = 0;
  let stop: (() => void) | undefined;
  /** Whether no timer runs in the background here. Known after the first reading. */
  let alone = false;

  const look = (): void => {
    latest = Math.max(latest, exactTime());
  };

  const tick = (): void => {
    look();
    quiet = readings > 0 ? 0 : quiet + resolution;
    readings = 0;
    if (quiet < QUIET) return;
    stop?.();
    stop = undefined;
    readings = ENOUGH;
  };

  const lookForOurselves = (): void => {
    look();
    if (!alone) stop ??= inBackground(tick, resolution);
    alone = stop === undefined;
    readings = alone ? ENOUGH : 1;
  };

  return () => {
    if (readings++ >= ENOUGH) lookForOurselves();
    return latest;
  };
}

/** The runtime's monotonic time. Looked up at each reading, which is rare here, so that a test can replace it. */
function exactTime(): Instant {
  const { performance = Date } = globalThis as { performance?: { now(): Instant } };
  return performance.now();
}
