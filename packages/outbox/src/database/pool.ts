import type { Pool } from 'pg';

/** Receives the error of an idle connection. */
type ErrorListener = (error: unknown) => void;

interface Watch {
  readonly listeners: Set<ErrorListener>;
  readonly emit: ErrorListener;
}

const watches: WeakMap<Pool, Watch> = new WeakMap();

/**
 * Listens to the errors of a pool's idle connections while this package uses the pool, because each of them ends the process
 * if there is no listener. The pool gets one listener, however many callers use it at a time.
 *
 * @returns a function that stops listening
 */
export function watchPool(pool: Pool, onError: ErrorListener = () => undefined): () => void {
  const { listeners, emit } = watches.get(pool) ?? startWatch(pool);
  // A new function for each call, so that one function passed twice is called twice.
  const listener: ErrorListener = (error) => onError(error);
  listeners.add(listener);
  return () => {
    if (!listeners.delete(listener) || listeners.size > 0) return;
    watches.delete(pool);
    pool.off('error', emit);
  };
}

function startWatch(pool: Pool): Watch {
  const listeners = new Set<ErrorListener>();
  const emit: ErrorListener = (error) => {
    for (const listener of listeners) listener(error);
  };
  watches.set(pool, { listeners, emit });
  pool.on('error', emit);
  return { listeners, emit };
}

/** How long callers wait for a client, without any being handed out, before the pool counts as stuck; milliseconds. */
const STUCK_AFTER = 250;

/** Tells whether a pool can spare a connection. */
export class PoolPressure {
  readonly #pool: Pool;
  #waitingSince = Number.POSITIVE_INFINITY;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Starts watching the pool, until `unwatch`. */
  watch(): void {
    this.#pool.on('acquire', this.#onAcquire);
  }

  unwatch(): void {
    this.#pool.off('acquire', this.#onAcquire);
  }

  /** Whether another connection stays free if one is taken. */
  hasRoom(): boolean {
    const { totalCount, idleCount, waitingCount, options } = this.#pool;
    return waitingCount === 0 && options.max - (totalCount - idleCount) >= 2;
  }

  /** Whether callers have waited for a client and none was handed out: a deadlock, and not merely a high load. */
  isStuck(now: number): boolean {
    if (this.#pool.waitingCount === 0) this.#onAcquire();
    else this.#waitingSince = Math.min(this.#waitingSince, now);
    return now - this.#waitingSince >= STUCK_AFTER;
  }

  readonly #onAcquire = (): void => {
    this.#waitingSince = Number.POSITIVE_INFINITY;
  };
}
