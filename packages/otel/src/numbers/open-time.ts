import type { Instant, Millis } from '@switchgear/core';

/** An open period whose end has not been counted yet. */
interface OpenPeriod {
  readonly since: Instant;
  readonly until: Instant;
}

/**
 * How long the circuits of one name have been open, current open periods included. A period ends when its time is over, even
 * if no call has arrived since, because the circuit's state then reads half-open; or earlier, if `end` is called.
 */
export class OpenTime {
  #ended: Millis = 0;
  #periods: readonly OpenPeriod[] = [];

  /** A circuit has opened, for at most `length` milliseconds. */
  begin(at: Instant, length: Millis): void {
    this.#periods = [...this.#endDue(at), { since: at, until: at + length }];
  }

  /** A circuit is no longer open, although its time is not over. If several are open, the one opened first is taken. */
  end(at: Instant): void {
    const [first, ...others] = this.#endDue(at);
    if (first) this.#ended += at - first.since;
    this.#periods = others;
  }

  /** Milliseconds until now, over all periods. */
  total(at: Instant): Millis {
    this.#periods = this.#endDue(at);
    return this.#periods.reduce((sum, { since }) => sum + at - since, this.#ended);
  }

  /** Adds up the periods whose time is over, and returns the others. */
  #endDue(at: Instant): readonly OpenPeriod[] {
    if (this.#periods.every(({ until }) => at < until)) return this.#periods;
    for (const { since, until } of this.#periods) if (at >= until) this.#ended += until - since;
    return this.#periods.filter(({ until }) => at < until);
  }
}
