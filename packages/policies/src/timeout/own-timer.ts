import type { Millis } from '@switchgear/core';
import type { Waiting, WaitingRow } from '../call/waiting.ts';
import { type HostTime, hostTime, keepsNobodyAlive } from './host.ts';

/** A timer for each who waits: where a timer must not be shared, and where every wait is of another length. */
export class OwnTimers implements WaitingRow {
  /** A timer of its own calls in the context in which it was started. */
  readonly isShared = false;
  readonly #limit: Millis;
  readonly #time: HostTime = hostTime();

  constructor(limit: Millis) {
    this.#limit = limit;
  }

  isHere(): boolean {
    return this.#time === hostTime();
  }

  add(waiting: Waiting): void {
    const { setTimeout } = this.#time;
    waiting.timer = keepsNobodyAlive(setTimeout(() => waiting.expire(), this.#limit));
  }

  remove(waiting: Waiting): void {
    const { clearTimeout } = this.#time;
    clearTimeout(waiting.timer as number);
  }
}
