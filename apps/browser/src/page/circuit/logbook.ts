import { type Because, type Breaker, type BreakerEvent, explain, type State } from '@switchgear/fetch';

/** A move of the circuit, with the time of day. */
export interface Move {
  readonly to: State;
  readonly because: Because;
  readonly at: Date;
}

/** Moves that are remembered. */
const MOST_MOVES = 6;

/** What has happened to a breaker since the page was opened. */
export class EventLog {
  calls = 0;
  failures = 0;

  /** Calls refused at once: requests that the server was spared. */
  refused = 0;

  /** The latest moves, the last one first. */
  moves: readonly Move[] = [];

  constructor(breaker: Breaker) {
    breaker.subscribe((event) => this.#write(event), { outcomes: true });
  }

  #write({ type, to, because, outcome }: BreakerEvent): void {
    if (type === 'reject') this.refused += 1;
    if (type === 'outcome' && outcome !== 'ignored') this.calls += 1;
    if (type === 'outcome' && outcome === 'failure') this.failures += 1;
    if (type === 'move' && because) {
      this.moves = [{ to: to as State, because, at: new Date() }, ...this.moves].slice(0, MOST_MOVES);
    }
  }
}

/** Why the circuit moved, in a sentence. Not when it tries again: the page counts that down. */
export function why({ nextAttemptAt: _, ...reason }: Because): string {
  return explain(reason);
}
