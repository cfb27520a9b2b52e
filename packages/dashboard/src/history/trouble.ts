import type { BreakerEvent, Millis, Mode, State } from '@switchgear/core';

/** What has happened since a circuit left closed, or an operator isolated it. */
export interface Trouble {
  /** When it began, in milliseconds since 1970; for one that began earlier, when observation began. */
  readonly since: Millis;

  /** Calls refused since then. */
  readonly refused: number;

  /** How often the circuit opened since then, and how often it went half-open to try again. */
  readonly openings: number;
  readonly attempts: number;
}

/** Follows one breaker's trouble by its events. A whole outage is one trouble, however often the circuit opens in it. */
export class TroubleLog {
  #state: State = 'closed';
  #mode: Mode = 'active';
  #current: { since: Millis; refused: number; openings: number; attempts: number } | undefined;

  /** The current trouble; `undefined` while calls are let through as usual. */
  get current(): Trouble | undefined {
    return this.#current;
  }

  /** A breaker comes under observation. */
  meet(state: State, mode: Mode, at: Millis): void {
    const isKnown = this.#current !== undefined;
    this.#state = state;
    this.#mode = mode;
    this.#update(at);
    if (this.#current && !isKnown && state === 'open') this.#current.openings++;
  }

  /** Records an event received at this wall time. */
  record(event: BreakerEvent, at: Millis): void {
    if (event.type === 'move') this.#state = event.to;
    if (event.type === 'mode') this.#mode = event.to;
    this.#update(at);
    if (!this.#current) return;
    if (event.type === 'reject') this.#current.refused++;
    if (event.type !== 'move') return;
    if (event.to === 'open') this.#current.openings++;
    if (event.to === 'half-open') this.#current.attempts++;
  }

  #update(at: Millis): void {
    const isWell = this.#mode === 'active' ? this.#state === 'closed' : this.#mode !== 'isolated';
    if (isWell) this.#current = undefined;
    else this.#current ??= { since: at, refused: 0, openings: 0, attempts: 0 };
  }
}
