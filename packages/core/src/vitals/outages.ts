import type { State } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/**
 * An outage is remembered for twice as long as it lasted, within these bounds, because a sensitive breaker is sometimes
 * wrong.
 */
const LEAST_MEMORY: Millis = 10_000;
const MOST_MEMORY: Millis = 600_000;
/**
 * An outage in which no caller was left unserved for this long was a blip. Opening costs more than it saves then, so calls
 * may fail for this many times as long before the circuit opens again.
 */
const BLIP: Millis = 1_000;
const PATIENCE = 1.5;
/**
 * An overload that followed a calm and was over within this time was a surge, such as two long calls that met: the queue drains
 * by itself. So calls may be late for longer before it counts, until an overload lasts or comes back: some services have a
 * surge an hour. Longer surges count as the longest one here.
 */
const SURGE: Millis = 5_000;
const LONGEST_SURGE: Millis = 3_000;
/** While a relapse is at least this likely, a new overload counts as part of the last one. */
const CALM = 0.5;

/** What the last outage says about the next failures. */
export class Outages {
  #leftClosedAt: Instant | undefined;
  #closedAt: Instant = -Infinity;
  #last: Millis = 0;
  #troubleUntil: Instant = -Infinity;
  /** Since the circuit opened, the longest time without a success; undefined while closed. */
  #unserved: Millis | undefined;
  /** The same of the last outage if that was a blip, or else 0. */
  #blip: Millis = 0;
  /** Whether calls from before the last opening were answered until the circuit closed: the dependency only paused. */
  #answered = false;
  /** For how long calls were late and limited in the last overload if that was a surge, or else 0. */
  #surge: Millis = 0;
  /** Whether the circuit was calm when it last left closed. */
  #wasCalm = true;

  /** How likely a failure is a relapse. */
  relapse(at: Instant): number {
    if (at < this.#troubleUntil) return 1;
    const memory = Math.min(MOST_MEMORY, Math.max(LEAST_MEMORY, 2 * this.#last));
    return Math.exp((this.#closedAt - at) / memory);
  }

  /** For how long calls must fail to be more than a blip. */
  patience(at: Instant): Millis {
    return at < this.#closedAt + MOST_MEMORY ? PATIENCE * this.#blip : 0;
  }

  /** For how long calls must stay unanswered to be more than a pause. */
  pausePatience(at: Instant): Millis {
    return this.#answered ? this.patience(at) : 0;
  }

  /** For how long many calls must be late to be more than a surge; 0 soon after an outage. */
  surgePatience(at: Instant): Millis {
    return this.#isCalm(at) ? PATIENCE * this.#surge : 0;
  }

  #isCalm(at: Instant): boolean {
    return this.relapse(at) < CALM;
  }

  /**
   * @param gap milliseconds since the previous success
   * @param isEarlier whether the call began before the circuit last moved
   */
  succeeded(gap: Millis, isEarlier: boolean): void {
    if (this.#unserved === undefined) return;
    this.#unserved = Math.max(this.#unserved, gap);
    this.#answered ||= isEarlier;
  }

  moved(to: State, since: Instant): void {
    // A circuit that goes half-open straight from closed serves its callers.
    if (to === 'open' && this.#unserved === undefined) {
      this.#unserved = 0;
      this.#answered = false;
    }
    if (to !== 'closed') {
      if (this.#leftClosedAt === undefined) {
        this.#wasCalm = this.#isCalm(since);
        this.#leftClosedAt = since;
      }
      return;
    }
    this.#last = since - (this.#leftClosedAt ?? since);
    if (this.#unserved !== undefined) this.#blip = this.#unserved < BLIP ? this.#unserved : 0;
    else this.#surge = this.#wasCalm && this.#last < SURGE ? this.#longerSurge() : 0;
    this.#unserved = undefined;
    this.#closedAt = since;
    this.#leftClosedAt = undefined;
  }

  /** What was waited for before the circuit began to limit is part of the surge. */
  #longerSurge(): Millis {
    return Math.min(LONGEST_SURGE, this.#last + PATIENCE * this.#surge);
  }

  expectTrouble(until: Instant): void {
    this.#troubleUntil = until;
  }
}
