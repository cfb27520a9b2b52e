import type { Instant, Millis } from '@switchgear/core';

/**
 * A trouble that ends by itself within this time is no reason to open. Failures first heard of more recently than this may be
 * over already, because reports take a while to arrive, unless they are known to have lasted at least this long.
 */
const LONGEST_BLIP: Millis = 500;

/**
 * After this many bad calls in a row, from all instances together, the evidence is no longer mixed. Where a quarter of the
 * instances still reach the dependency, ten in a row have a chance of 0.75 ** 10, about one in eighteen.
 */
const NO_LONGER_MIXED = 10;

/** When the first and the last of some calls ended. */
export interface Spell {
  readonly first: Instant;
  readonly last: Instant;
}

/** The bad calls of a trouble, own ones and those of others, and the good ones after the first. */
export class Trouble {
  /** When it was first known; `Infinity` if there is none. */
  since: Instant = Infinity;
  /** When the first and the last bad call ended, as far as is known. */
  #first: Instant = Infinity;
  #last: Instant = -Infinity;
  #own = 0;
  #others = 0;
  #good = 0;
  #badInARow = 0;

  /** @param spell when the bad ones ended, if not now */
  count(whose: 'own' | 'others', bad: number, good: number, at: Instant, spell: Spell = { first: at, last: at }): void {
    // Good calls told together with the first bad one may have come before it.
    if (this.since < at) this.#good += good;
    this.#badInARow = good > 0 ? 0 : this.#badInARow + bad;
    if (bad > 0) {
      this.since = Math.min(this.since, at);
      this.#first = Math.min(this.#first, spell.first);
      this.#last = Math.max(this.#last, spell.last);
    }
    if (whose === 'own') this.#own += bad;
    else this.#others += bad;
  }

  /** Whether most of the bad calls are own ones. */
  get isMostlyOwn(): boolean {
    return this.#own > this.#others;
  }

  /** Whether some calls, of any instance, have succeeded since it began, and not only long ago. */
  get isMixed(): boolean {
    return this.#good > 0 && this.#badInARow < NO_LONGER_MIXED;
  }

  /** Whether it may be over already. */
  isBlip(at: Instant): boolean {
    return at - this.since < LONGEST_BLIP && this.#last - this.#first < LONGEST_BLIP;
  }
}
