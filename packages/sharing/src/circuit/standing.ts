import type { Because, Breaker, Millis, Seat, State } from '@switchgear/core';
import type { Ground } from '../report/report.ts';

/** Rules by which an operator moves a circuit, or by which it was moved for them: no evidence. */
const NO_EVIDENCE: readonly string[] = ['trip', 'halfOpen', 'reset', 'restore'];

/** The rule of a circuit that others' successes have woken. */
export const OTHERS = 'others';

/** Where a circuit stands, since when, and on what ground. */
export class Standing {
  state: State;
  since: Millis;
  ground: Ground = 'none';
  rule = '';
  /** Whether it was last woken because others' calls succeeded, and its own did not. */
  wasWokenInVain = false;
  /** Whether the present move is made on what others have told. */
  #isHearsay = false;

  constructor(breaker: Breaker, now: Millis) {
    this.state = breaker.state;
    this.since = now;
  }

  get isByOwnEvidence(): boolean {
    return this.state !== 'closed' && (this.ground === 'sums' || this.ground === 'other');
  }

  /** Moves the circuit on what others have told, if only in part. */
  onHearsay(move: () => void, isMostlyOwn: boolean = false): void {
    this.#isHearsay = !isMostlyOwn;
    try {
      move();
    } finally {
      this.#isHearsay = false;
    }
  }

  /** @returns whether it has moved */
  follow(state: State, { rule }: Because, detection: Seat['detection'], now: Millis): boolean {
    const from = this.state;
    if (state === from) return false;
    this.state = state;
    this.since = now;
    this.wasWokenInVain = state === 'open' && this.rule === OTHERS;
    this.rule = rule;
    // An open circuit that goes half-open still has the ground it opened on.
    if (state === 'closed') this.ground = 'none';
    else if (this.#isHearsay) this.ground = from === 'closed' ? 'hearsay' : this.ground;
    else if (NO_EVIDENCE.includes(rule)) this.ground = 'none';
    else if (from === 'closed') this.ground = detection.sums && rule !== 'silence' ? 'sums' : 'other';
    else if (state === 'open') this.ground = 'sums';
    return true;
  }
}
