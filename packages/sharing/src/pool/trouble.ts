import type { Instant, Millis } from '@switchgear/core';

/**
 * Failures that began less than this before may be over already, because reports take a while. A trouble that ends by itself
 * so soon is no reason to open.
 */
const LONGEST_BLIP: Millis = 500;

/** The bad calls of a trouble, own ones and those of others, and the good ones after the first. */
export class Trouble {
  /** When it began; `Infinity` if there is none. */
  since: Instant = Infinity;
  #own = 0;
  #others = 0;
  #good = 0;

  count(whose: 'own' | 'others', bad: number, good: number, at: Instant): void {
    // Good calls told together with the first bad one may have come before it.
    if (this.since < at) this.#good += good;
    if (bad > 0) this.since = Math.min(this.since, at);
    if (whose === 'own') this.#own += bad;
    else this.#others += bad;
  }

  /** Whether most of the bad calls are own ones. */
  get isMostlyOwn(): boolean {
    return this.#own > this.#others;
  }

  /** Whether some calls have succeeded, of whomever, since it began. */
  get isMixed(): boolean {
    return this.#good > 0;
  }

  /** Whether it may be over already. */
  isBlip(at: Instant): boolean {
    return at - this.since < LONGEST_BLIP;
  }
}
