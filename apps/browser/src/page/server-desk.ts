import type { Mode, Report } from '../tile-server/mode.ts';
import { askReport, tell } from './operator.ts';
import type { ServerControls } from './panel/server-card.ts';

/** This page's place at the tile server's operator: what it said last, and how to order. */
export class ServerDesk implements ServerControls {
  mode: Mode | undefined;
  reached: number | undefined;
  trouble: string | undefined;
  #orders = 0;

  readonly choose = (mode: Mode): void => {
    this.#orders += 1;
    this.mode = mode;
    void this.#hear(tell(mode));
  };

  /** Asks what the server says of itself. */
  ask(): Promise<void> {
    return this.#hear(askReport());
  }

  async #hear(answer: Promise<Report>): Promise<void> {
    const orders = this.#orders;
    try {
      const { mode, requests } = await answer;
      this.reached = requests;
      this.trouble = undefined;
      // Asked before the latest order, so it may know nothing of that yet.
      if (orders === this.#orders) this.mode = mode;
    } catch {
      this.trouble = navigator.onLine
        ? 'The tile server does not hear us: is it running?'
        : 'We are offline, so nobody can be told anything.';
    }
  }
}
