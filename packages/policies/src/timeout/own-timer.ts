import type { Millis } from '@switchgear/core';
import type { Waiting, WaitingRow } from '../call/waiting.ts';
import { keepsNobodyAlive } from './host.ts';

/** A timer for each who waits: where a timer must not be shared, and where every wait is of another length. */
export class OwnTimers implements WaitingRow {
  readonly #limit: Millis;

  constructor(limit: Millis) {
    this.#limit = limit;
  }

  add(waiting: Waiting): void {
    waiting.timer = keepsNobodyAlive(setTimeout(() => waiting.expire(), this.#limit));
  }

  remove(waiting: Waiting): void {
    clearTimeout(waiting.timer as number);
  }
}
