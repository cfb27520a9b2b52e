import { startTimer } from '../time/timer.ts';

/** Wakes the one who waits, or lets the next wait end at once when there is none. */
export class Bell {
  #wake: (() => void) | undefined;
  #hasRung = false;

  /** Ends the wait. */
  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  /** Waits until it rings, or until so many milliseconds are over. */
  async wait(ms: number): Promise<void> {
    if (!this.#hasRung) await this.#silence(ms);
    this.#hasRung = false;
  }

  #silence(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = startTimer(ms, resolve);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
