import type { Millis } from '@switchgear/core';
import type { Fleet } from '../circuit/prober.ts';

/** When the register has not answered for this long, nobody waits for it any more. */
export const SILENCE: Millis = 3_000;

/** How long an instance that leaves waits for its farewell. */
const FAREWELL: Millis = 1_000;

/** The line to a register: whether there is one at the moment. */
export class RegisterLine {
  readonly #fleet: Fleet;
  /** Since when an answer has been missing. */
  #missingSince: Millis | undefined;
  #isFaulty = false;

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  get isSilent(): boolean {
    return this.#missingSince !== undefined && this.#fleet.now() - this.#missingSince >= SILENCE;
  }

  /**
   * Asks the register. An answer that comes too late is not used, because it may be of long ago.
   *
   * @param use takes the answer
   * @returns a promise that never rejects
   */
  async ask<Answer>(question: () => PromiseLike<Answer>, use: (answer: Answer) => void): Promise<void> {
    const at = this.#fleet.now();
    this.#missingSince ??= at;
    try {
      const answer = await question();
      if (this.#fleet.now() - at >= SILENCE) return;
      this.#missingSince = undefined;
      this.#isFaulty = false;
      use(answer);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Announces that the register is silent, if it is and nothing has been said of it. */
  check(): void {
    if (this.isSilent) this.#fail(new Error(`Switchgear: the register has not answered for ${SILENCE / 1_000} s`));
  }

  #fail(error: unknown): void {
    if (this.#isFaulty) return;
    this.#isFaulty = true;
    this.#fleet.announce({ type: 'fault', error });
  }

  /** Waits for the last words. A register that stands still must not keep a process from ending. */
  async leave(saying: Promise<unknown>): Promise<void> {
    const patience = new Promise<void>((end) => this.#fleet.options.scheduler.after(FAREWELL, end));
    await Promise.race([saying, patience]);
  }
}
