import type { Instant, Millis } from '@switchgear/core';
import { exactTime } from './exact-time.ts';
import { inBackground } from './in-background.ts';

/** Nobody has read the time for so many milliseconds: the timer may rest. Long enough not to restart for each request. */
const QUIET: Millis = 500;

/**
 * After so many readings in one step we look for ourselves. A loop of microtasks or a stalled turn lets no timer run, and
 * the time would stand still in it. At 256 it cost a call 4 ns, at 1,024 hardly one.
 */
const ENOUGH = 1_024;

/**
 * The time in steps. Each step is a look at the real time, never a sum of steps, so that a timer that comes late makes
 * one long step and no lasting error.
 *
 * A reading counts itself. By this number the timer knows whether anybody still reads, and a reading whether it has to
 * look: with no timer under way the number stands at `ENOUGH`.
 */
export function steppedTime(resolution: Millis): () => Instant {
  let latest: Instant = -Infinity;
  let readings = ENOUGH;
  let quiet = 0;
  let stop: (() => void) | undefined;
  /** Known from the first reading on. */
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
