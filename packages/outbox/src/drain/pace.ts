/** The longest rest, because a probe of another caller may close a circuit sooner than it said; in milliseconds. */
const LONGEST_REST = 1_000;

/** The shortest rest after a refusal. */
const SHORTEST_REST = 50;

/** A delivery that takes longer than this, in milliseconds, keeps no other waiting while the pace is low. */
const SLOW = 250;

/** A delivery under way. */
export interface Slot {
  readonly begun: number;
  readonly era: number;
}

/** Milliseconds to rest after a breaker refused for so long. */
export function restAfter(retryAfter: unknown): number {
  const wait = typeof retryAfter === 'number' && retryAfter >= 0 ? retryAfter : LONGEST_REST;
  return Math.min(Math.max(SHORTEST_REST, wait), LONGEST_REST);
}

/**
 * How many messages are tried at the same time, after what the breaker said. It begins with one, and each delivery adds
 * one, which doubles them in each round. After a refusal it rests, and goes on with one. A failure changes nothing: it may
 * be the message's own fault, and if it is not, the breaker will refuse.
 *
 * Slots are taken and given back one by one, so that no message waits for the slowest of a round.
 */
export class Pace {
  readonly #most: number;
  readonly #slots = new Set<Slot>();
  #limit = 1;
  #era = 0;
  #restsUntil = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a slot. */
  begin(now: number): Slot {
    const slot = { begun: now, era: this.#era };
    this.#slots.add(slot);
    return slot;
  }

  /** Gives the slot back. */
  end(slot: Slot): void {
    this.#slots.delete(slot);
  }

  /** A message was delivered. One that was begun before a refusal says nothing about the time after it. */
  succeeded({ era }: Slot): void {
    if (era === this.#era) this.#limit = Math.min(this.#limit + 1, this.#most);
  }

  /** The circuit refused. */
  refused(retryAfter: unknown, now: number): void {
    this.#era += 1;
    this.#limit = 1;
    this.#restsUntil = Math.max(this.#restsUntil, now + restAfter(retryAfter));
  }

  /** How many messages can be begun now. */
  free(now: number): number {
    if (now < this.#restsUntil) return 0;
    const quick = [...this.#slots].filter(({ begun }) => now - begun < SLOW).length;
    return Math.max(0, Math.min(this.#limit - quick, this.#most - this.#slots.size));
  }

  /** Milliseconds until a message can be begun although none ends; `Infinity` when there is no such time. */
  untilFree(now: number): number {
    if (now < this.#restsUntil) return this.#restsUntil - now;
    if (this.free(now) > 0) return 0;
    if (this.#slots.size >= this.#most) return Number.POSITIVE_INFINITY;
    const quick = [...this.#slots].map(({ begun }) => begun + SLOW - now).filter((wait) => wait > 0);
    return Math.min(...quick);
  }
}
