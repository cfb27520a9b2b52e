import type { Millis } from '@switchgear/core';
import { later } from '../timeout/host.ts';

/** What makes things happen later. */
export interface Scheduler {
  /** Calls `act` once, after so many milliseconds, unless the function it returns is called before. */
  after(ms: Millis, act: () => void): () => void;
}

/** The runtime's own timers, which keep no process alive. */
export const timers: Scheduler = { after: later };
