import type { Clock, Instant } from '../vocabulary/time.ts';
import { UNTIMED } from './untimed.ts';

/** How often a call through a closed circuit needs the clock: never, when it ends, or when it begins and ends. */
export type ClockReads = 0 | 1 | 2;

/** Reads the clock for calls, and only if somebody will use the answer: it is what such a call costs most. */
export class CallClock {
  /** The bare function, bound once. */
  readonly now: () => Instant;
  reads: ClockReads = 2;

  constructor(clock: Clock) {
    this.now = clock.now;
  }

  atStart(): Instant {
    return this.reads === 2 ? this.now() : UNTIMED;
  }

  atEnd(): Instant {
    return this.reads > 0 ? this.now() : 0;
  }
}
