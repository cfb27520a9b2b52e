import type { Pool } from 'pg';

/** Clients that stay free: one to listen with, one for what hooks ask of the pool beside their transaction's client. */
const SPARE = 2;

const gates: WeakMap<Pool, Gate> = new WeakMap();

/**
 * Lets only so many of our transactions run on a pool at the same time that it is not empty. A hook that asks the pool
 * for another client would else wait for the others, while they wait for it.
 */
export class Gate {
  readonly #pool: Pool;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** The gate of a pool. */
  static of(pool: Pool): Gate {
    const gate = gates.get(pool) ?? new Gate(pool);
    gates.set(pool, gate);
    return gate;
  }

  private constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Runs the work when its turn comes. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < Math.max(1, this.#pool.options.max - SPARE)) this.#running += 1;
    else await new Promise<void>((turn) => this.#waiting.push(turn));
    try {
      return await work();
    } finally {
      // The place goes to the next, or is free.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
