import type { Millis } from '@switchgear/core';
import { type HostTime, hostTime, unreferenced } from './host.ts';

/** Something that expires unless it is removed from its list in time. Only the list writes the fields. */
export interface TimerEntry {
  /** Called when the time is over. */
  expire(): void;

  /** When the shared timer first saw it; `undefined` until then. */
  since: number | undefined;
  previous: TimerEntry | undefined;
  next: TimerEntry | undefined;
  timer: unknown;
}

/** All entries that expire after the same time. Removing an entry that is not in the list does nothing. */
export interface TimerList {
  /** Whether one timer serves many entries. It then calls `expire` in the context of any one of them. */
  readonly isShared: boolean;

  /** Whether the timers in place are still those that this list uses. */
  isCurrent(): boolean;

  add(entry: TimerEntry): void;
  remove(entry: TimerEntry): void;
}

/** The list of entries that never expire. */
export const NEVER: TimerList = {
  isShared: false,
  isCurrent: () => true,
  add: () => undefined,
  remove: () => undefined,
};

/** A timer for each entry: for timers that must not be shared, and for entries of which each has another limit. */
export class OwnTimers implements TimerList {
  /** Each timer calls back in the context in which it was started. */
  readonly isShared = false;
  readonly #limit: Millis;
  readonly #time: HostTime = hostTime();

  constructor(limit: Millis) {
    this.#limit = limit;
  }

  isCurrent(): boolean {
    return this.#time === hostTime();
  }

  add(entry: TimerEntry): void {
    const { setTimeout } = this.#time;
    entry.timer = unreferenced(setTimeout(() => entry.expire(), this.#limit));
  }

  remove(entry: TimerEntry): void {
    const { clearTimeout } = this.#time;
    clearTimeout(entry.timer as number);
  }
}
