import type { Instant, Millis } from '@switchgear/core';

/** An opening that is not over, as far as anybody has said. */
interface Opening {
  readonly since: Instant;
  readonly until: Instant;
}

/**
 * How long circuits of one name have been open, those that are open now included. An opening is over when its time is, as
 * a circuit's state then reads half-open, and not only when somebody asks; or earlier, when it is told so.
 */
export class OpenTime {
  #over: Millis = 0;
  #openings: readonly Opening[] = [];

  /** A circuit has opened, for so long at most. */
  begin(at: Instant, length: Millis): void {
    this.#openings = [...this.#close(at), { since: at, until: at + length }];
  }

  /** A circuit is open no longer, though its time is not over. Of several the one that opened first is taken for it. */
  cut(at: Instant): void {
    const [first, ...others] = this.#close(at);
    if (first) this.#over += at - first.since;
    this.#openings = others;
  }

  /** Milliseconds until now, over all of them. */
  total(at: Instant): Millis {
    this.#openings = this.#close(at);
    return this.#openings.reduce((sum, { since }) => sum + at - since, this.#over);
  }

  /** Adds up what time has ended, and gives the rest. */
  #close(at: Instant): readonly Opening[] {
    if (this.#openings.every(({ until }) => at < until)) return this.#openings;
    for (const { since, until } of this.#openings) if (at >= until) this.#over += until - since;
    return this.#openings.filter(({ until }) => at < until);
  }
}
