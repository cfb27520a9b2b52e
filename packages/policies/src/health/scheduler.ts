import type { Millis } from '@switchgear/core';
import { keepsNobodyAlive } from '../timeout/host.ts';

/** What makes things happen later. */
export interface Scheduler {
  /** Calls `act` once, after so many milliseconds, unless the function it returns is called before. */
  after(ms: Millis, act: () => void): () => void;
}

/** The runtime's own timers, which keep no process alive. */
export const timers: Scheduler = {
  after(ms, act) {
    const timer = keepsNobodyAlive(setTimeout(act, ms));
    return () => clearTimeout(timer);
  },
};
