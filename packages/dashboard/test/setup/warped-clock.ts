import type { Clock } from '@switchgear/core';

/** The real time, which can be made to jump ahead: a history of minutes is then made at once. */
export interface WarpedClock extends Required<Pick<Clock, 'now' | 'wall'>> {
  skip(ms: number): void;
}

/** A clock that goes on by itself, from some time ago. */
export function warpedClock(ago: number): WarpedClock {
  let skipped = 0;
  return {
    now: () => performance.now() + skipped,
    wall: () => Date.now() - ago + skipped,
    skip: (ms) => {
      skipped += ms;
    },
  };
}
