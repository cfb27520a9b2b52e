import type { Instant } from '@switchgear/core';
import type { Because, State } from '@switchgear/fetch';

/** What happened in one second. */
export interface Second {
  /** Calls that were to be made. */
  offered: number;
  refused: number;

  /** Calls that ended well in this second, whenever they began. */
  answered: number;
  failed: number;
}

/** A move of a circuit. */
export interface Move {
  readonly at: Instant;
  readonly from: State;
  readonly to: State;
  readonly because: Because;
}

/** Seconds that are remembered. */
export const SPAN = 60;

/** The last minute of one breaker. */
export class History {
  readonly #seconds = new Map<number, Second>();
  #moves: readonly Move[] = [];

  count(what: keyof Second, at: Instant): void {
    const second = Math.floor(at / 1_000);
    const counts = this.#seconds.get(second) ?? { offered: 0, refused: 0, answered: 0, failed: 0 };
    counts[what] += 1;
    this.#seconds.set(second, counts);
    const [oldest] = this.#seconds.keys();
    if (oldest !== undefined && oldest < second - SPAN) this.#seconds.delete(oldest);
  }

  move(move: Move): void {
    this.#moves = [...this.#moves, move].filter(({ at }) => at > move.at - SPAN * 1_000);
  }

  /** The seconds that are over, oldest first. */
  seconds(now: Instant): Second[] {
    const last = Math.floor(now / 1_000);
    const nothing: Second = { offered: 0, refused: 0, answered: 0, failed: 0 };
    return Array.from({ length: SPAN }, (_, index) => this.#seconds.get(last - SPAN + index) ?? nothing);
  }

  /** The moves of the last minute, oldest first. */
  moves(now: Instant): Move[] {
    return this.#moves.filter(({ at }) => at > now - SPAN * 1_000);
  }
}
