import type { Clock } from '@switchgear/core';
import type { Scheduler } from '../src/index.ts';

/** Time that a test moves: a clock, and timers in the order of their times. */
export class VirtualTime implements Clock, Scheduler {
  #now = 0;
  #entered = 0;
  #waiting: { readonly at: number; readonly order: number; readonly act: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): () => void {
    const timer = { at: this.#now + ms, order: this.#entered++, act };
    this.#waiting.push(timer);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== timer);
    };
  }

  /** Moves the clock at once, as when the machine was suspended: timers that were due run late. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** Lets this many milliseconds pass. Promises run between timers. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await new Promise(setImmediate);
      const [next] = this.#waiting.sort((one, other) => one.at - other.at || one.order - other.order);
      if (!next || next.at > end) break;
      this.#waiting.shift();
      this.#now = Math.max(this.#now, next.at);
      next.act();
    }
    this.#now = Math.max(this.#now, end);
  }
}
