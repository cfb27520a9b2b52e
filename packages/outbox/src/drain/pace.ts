/** The longest rest in milliseconds: a probe of another caller may close the circuit sooner than announced. */
const LONGEST_REST = 1_000;

/** The shortest rest after a refusal, in milliseconds. */
const SHORTEST_REST = 50;

/** A delivery that takes longer than this, in milliseconds, no longer counts against a low limit. */
const SLOW = 250;

/** A place for one delivery, taken until it ends. */
export interface Slot {
  readonly begun: number;
  readonly era: number;
}

/** Milliseconds to rest after a refusal, given its `retryAfter`. */
export function restAfter(retryAfter: unknown): number {
  const wait = typeof retryAfter === 'number' && retryAfter >= 0 ? retryAfter : LONGEST_REST;
  return Math.min(Math.max(SHORTEST_REST, wait), LONGEST_REST);
}

/**
 * The number of concurrent deliveries, adjusted to the breaker's answers. It starts at one, and each success adds one, which
 * doubles it with each round. After a refusal it rests, and restarts at one. A failure changes nothing: it may be the
 * message's own fault, and if it is not, the breaker will refuse.
 *
 * Slots are taken and returned one by one, so that no message waits for the slowest of a round.
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

  /** Returns the slot. */
  end(slot: Slot): void {
    this.#slots.delete(slot);
  }

  /** A message was delivered. It does not count if a refusal came after it began. */
  succeeded({ era }: Slot): void {
    if (era === this.#era) this.#limit = Math.min(this.#limit + 1, this.#most);
  }

  /** The circuit refused. */
  refused(retryAfter: unknown, now: number): void {
    this.#era += 1;
    this.#limit = 1;
    this.#restsUntil = Math.max(this.#restsUntil, now + restAfter(retryAfter));
  }

  /** How many deliveries may begin now. */
  free(now: number): number {
    if (now < this.#restsUntil) return 0;
    const quick = [...this.#slots].filter(({ begun }) => now - begun < SLOW).length;
    return Math.max(0, Math.min(this.#limit - quick, this.#most - this.#slots.size));
  }

  /** Milliseconds until a delivery may begin even if none ends; `Infinity` if one must end first. */
  untilFree(now: number): number {
    if (now < this.#restsUntil) return this.#restsUntil - now;
    if (this.free(now) > 0) return 0;
    if (this.#slots.size >= this.#most) return Number.POSITIVE_INFINITY;
    const quick = [...this.#slots].map(({ begun }) => begun + SLOW - now).filter((wait) => wait > 0);
    return Math.min(...quick);
  }
}
