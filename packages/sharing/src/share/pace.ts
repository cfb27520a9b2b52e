import type { Millis } from '@switchgear/core';
import type { ResolvedShare } from './options.ts';

/** Milliseconds between reports in peace, which only say that an instance is there. */
const BEAT: Millis = 2_000;
/** The least between reports in trouble, and for each instance: nobody gets more than 200 a second. */
const TICK: Millis = 250;
const TICK_PER_INSTANCE: Millis = 5;

/** When reports are sent: each tick in trouble, otherwise now and then. One timer. */
export class Pace {
  /** Milliseconds until the next report, as it is told to others. */
  every: Millis = BEAT;
  readonly #options: ResolvedShare;
  readonly #act: () => unknown;
  #sentAt: Millis = -Infinity;
  #dueAt: Millis = -Infinity;
  #cancel: (() => void) | undefined;
  /** How long this instance has been running: a stall of its event loop counts as no longer than two beats. */
  #ran: Millis = 0;
  #lastRun: Millis;

  constructor(options: ResolvedShare, act: () => unknown) {
    this.#options = options;
    this.#act = act;
    this.#lastRun = options.clock.now();
  }

  get isDue(): boolean {
    return this.#options.clock.now() >= this.#dueAt;
  }

  run(): Millis {
    const now = this.#options.clock.now();
    this.#ran += Math.min(2 * BEAT, now - this.#lastRun);
    this.#lastRun = now;
    return this.#ran;
  }

  /** A report is sent now. */
  next(isTrouble: boolean, instances: number): void {
    this.#sentAt = this.#options.clock.now();
    this.every = isTrouble ? this.#tickOf(instances) : BEAT;
    this.#arm(this.#sentAt + this.every);
  }

  /** There is something to tell: the next report is sent a tick after the last. */
  hurry(instances: number): void {
    const dueAt = this.#sentAt + this.#tickOf(instances);
    if (dueAt < this.#dueAt) this.#arm(dueAt);
  }

  stop(): void {
    this.#cancel?.();
  }

  #tickOf(instances: number): Millis {
    const { tick = TICK } = this.#options.bus;
    return Math.max(tick, TICK_PER_INSTANCE * instances);
  }

  #arm(dueAt: Millis): void {
    this.#cancel?.();
    this.#dueAt = dueAt;
    const wait = Math.max(0, dueAt - this.#options.clock.now());
    this.#cancel = this.#options.scheduler.after(wait, this.#act);
  }
}
