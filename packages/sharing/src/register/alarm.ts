import type { Millis } from '@switchgear/core';
import type { Fleet } from '../circuit/prober.ts';

/** One timer. Where there are none, `isDue` says when to act. */
export class Alarm {
  readonly #fleet: Fleet;
  readonly #act: () => void;
  #dueAt: Millis = Infinity;
  #cancel: (() => void) | undefined;
  #isStopped = false;

  constructor(fleet: Fleet, act: () => void) {
    this.#fleet = fleet;
    this.#act = act;
  }

  get isDue(): boolean {
    return !this.#isStopped && this.#fleet.now() >= this.#dueAt;
  }

  /** Acts after this, and not when it was to act before. `Infinity`: never. */
  set(wait: Millis): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#dueAt = this.#fleet.now() + wait;
    if (!this.#isStopped && wait < Infinity) this.#cancel = this.#fleet.options.scheduler.after(wait, this.#act);
  }

  /** Acts as soon as it can, but not at once. */
  hurry(): void {
    if (!this.isDue) this.set(0);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }
}
