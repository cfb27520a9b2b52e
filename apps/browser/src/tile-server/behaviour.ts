import { once } from 'node:events';
import { setTimeout as passing } from 'node:timers/promises';
import type { Mode, Report } from './mode.ts';

/** Milliseconds before a slow answer. */
const SLOWNESS = 1_500;

/** Seconds for which a failing server asks to be left alone. */
export const RETRY_AFTER = 5;

/** What to do with a request. */
export type Treatment = 'draw' | 'refuse' | 'drop';

/** The mode of the tile server, and its report. */
export interface Behaviour {
  readonly report: Report;
  setMode(mode: Mode): void;

  /** Counts a request and resolves when it is time to do something with it. */
  meet(gone: AbortSignal): Promise<Treatment>;
}

/** A tile server that works until its mode is changed. */
export function createBehaviour(): Behaviour {
  let mode: Mode = 'work';
  let requests = 0;

  return {
    get report() {
      return { mode, requests };
    },
    setMode: (next) => {
      mode = next;
    },
    meet: async (gone) => {
      requests += 1;
      switch (mode) {
        case 'work':
          return 'draw';
        case 'fail':
          return 'refuse';
        case 'slow':
          await passing(SLOWNESS, undefined, { ref: false });
          return 'draw';
        case 'hang':
          if (!gone.aborted) await once(gone, 'abort');
          return 'drop';
      }
    },
  };
}
