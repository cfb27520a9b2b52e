import type { Instant } from '@switchgear/core';

/** An endpoint that can be chosen. */
export interface Candidate {
  readonly id: string;

  /** Calls under way. */
  readonly load: number;

  /** Its weight now over the greatest of all: greater than 0, at most 1. */
  share(at: Instant): number;

  /** What another call there would cost: latency by load, more if it fails. Compared, never added. */
  cost(at: Instant): number;
}

/** Chooses one of several candidates. */
export interface Picker {
  /**
   * @param candidates those of the level that has been chosen, at least one; not to be changed
   * @param key what the request is about
   * @returns one of them
   */
  pick<C extends Candidate>(candidates: readonly C[], at: Instant, key: string | undefined): C;
}

/** How endpoints are chosen: a recipe that any number of balancers may share. */
export interface Pick {
  /** Makes the picker of one balancer. `random` returns a number of at least 0 and less than 1. */
  start(random: () => number): Picker;
}

/** How often a candidate is drawn again because of its share. After that the last one is taken, so a pick takes bounded time. */
const DRAWS = 8;

/** Draws a candidate at random, in proportion to its share. */
export function drawn<C extends Candidate>(candidates: readonly C[], at: Instant, random: () => number): C {
  let drawn = candidates[Math.floor(random() * candidates.length)] as C;
  for (let draw = 1; draw < DRAWS; draw++) {
    const share = drawn.share(at);
    if (share >= 1 || random() < share) break;
    drawn = candidates[Math.floor(random() * candidates.length)] as C;
  }
  return drawn;
}
