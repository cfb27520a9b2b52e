import type { Pool } from 'pg';

/** How long clients are waited for, with none given out, before a connection should be given back; in milliseconds. */
const LONG = 250;

/** Tells whether a pool can spare a connection. */
export class PoolPressure {
  readonly #pool: Pool;
  #waitedSince = Number.POSITIVE_INFINITY;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Begins to watch; `unwatch` ends it. */
  watch(): void {
    this.#pool.on('acquire', this.#acquired);
  }

  unwatch(): void {
    this.#pool.off('acquire', this.#acquired);
  }

  /** Whether another connection stays free if one is taken. */
  hasRoom(): boolean {
    const { totalCount, idleCount, waitingCount, options } = this.#pool;
    return waitingCount === 0 && options.max - (totalCount - idleCount) >= 2;
  }

  /** Whether clients have been waited for in vain for long: a load that moves on is none, a deadlock is. */
  isStuck(now: number): boolean {
    if (this.#pool.waitingCount === 0) this.#acquired();
    else this.#waitedSince = Math.min(this.#waitedSince, now);
    return now - this.#waitedSince >= LONG;
  }

  readonly #acquired = (): void => {
    this.#waitedSince = Number.POSITIVE_INFINITY;
  };
}
