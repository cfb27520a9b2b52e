import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Reporter } from './judge.ts';

type Listener = (event: BreakerEvent) => void;

/**
 * Tells listeners what happened: in order, after the state has changed, one event at a time even if a listener
 * causes the next. A listener that throws is reported and keeps nobody else from hearing.
 */
export class Announcer {
  readonly #listeners = new Map<Listener, boolean>();
  readonly #waiting: BreakerEvent[] = [];
  readonly #reporter: Reporter;
  #speaking = false;

  /** Whether anybody listens at all. */
  heard = false;

  /** Whether anybody wants to hear of every outcome. */
  outcomes = false;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: Listener, outcomes: boolean): () => void {
    // A wrapper of its own, so that one function subscribed twice is two subscriptions.
    const subscription: Listener = (event) => listener(event);
    this.#listeners.set(subscription, outcomes);
    this.#count();
    return () => {
      this.#listeners.delete(subscription);
      this.#count();
    };
  }

  #count(): void {
    this.heard = this.#listeners.size > 0;
    this.outcomes = [...this.#listeners.values()].includes(true);
  }

  announce(event: BreakerEvent): void {
    if (!this.heard) return;
    this.#waiting.push(event);
    if (this.#speaking) return;
    this.#speaking = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#tell(next);
    this.#speaking = false;
  }

  #tell(event: BreakerEvent): void {
    for (const [listener, outcomes] of [...this.#listeners]) {
      if (event.type === 'outcome' && !outcomes) continue;
      try {
        listener(event);
      } catch (error) {
        this.#reporter.report(error, 'listener');
      }
    }
  }
}
