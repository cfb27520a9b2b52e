import type { BreakerEvent, Millis, Mode, State } from '@switchgear/core';
import { sentenceOf } from './sentence.ts';

/** What has happened since a circuit left closed, or an operator isolated it. */
export interface Trouble {
  /** When it began, in milliseconds since 1970; for one that began earlier, when observation began. */
  readonly since: Millis;

  /** The sentence about the event that began it; empty if that was before observation began. */
  readonly says: string;

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
  #current: { -readonly [Field in keyof Trouble]: Trouble[Field] } | undefined;

  /** The current trouble; `undefined` while calls are let through as usual. */
  get current(): Trouble | undefined {
    return this.#current;
  }

  /** A breaker comes under observation. */
  meet(state: State, mode: Mode, at: Millis): void {
    const isKnown = this.#current !== undefined;
    this.#state = state;
    this.#mode = mode;
    this.#update(at, '');
    if (this.#current && !isKnown && state === 'open') this.#current.openings++;
  }

  /** Records an event received at this wall time. */
  record(event: BreakerEvent, at: Millis): void {
    if (event.type === 'reject') {
      if (this.#current) this.#current.refused++;
      return;
    }
    if (event.type === 'move') this.#state = event.to;
    if (event.type === 'mode') this.#mode = event.to;
    this.#update(at, this.#current ? '' : sentenceOf(event));
    if (!this.#current || event.type !== 'move') return;
    if (event.to === 'open') this.#current.openings++;
    if (event.to === 'half-open') this.#current.attempts++;
  }

  #update(since: Millis, says: string): void {
    const isWell = this.#mode === 'active' ? this.#state === 'closed' : this.#mode !== 'isolated';
    if (isWell) this.#current = undefined;
    else this.#current ??= { since, says, refused: 0, openings: 0, attempts: 0 };
  }
}
