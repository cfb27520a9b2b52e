import type { Pool, PoolClient } from 'pg';
import { type HeldClient, holdClient } from './held-client.ts';
import { watchPool } from './pool.ts';

/**
 * Runs the work in one transaction: either all of it takes effect, or nothing.
 *
 * If the connection breaks during the commit, it rejects although the transaction may have been committed; nothing more can
 * be known then.
 *
 * @throws whatever the work throws; the database's error if it cannot begin or commit; and an error if the database rolled
 * back instead of committing, because the work caught the error of a statement and continued
 */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return transact(pool, ({ client }) => work(client));
}

/** The same for work that needs the held client. @param limit milliseconds to wait for a client and for each answer */
export async function transact<T>(
  pool: Pool,
  work: (held: HeldClient) => Promise<T>,
  limit: number = Number.POSITIVE_INFINITY,
): Promise<T> {
  const stopWatching = watchPool(pool);
  try {
    const held = await holdClient(pool, limit);
    try {
      await held.query('begin', [], limit);
      const result = await work(held);
      const { command } = await held.query('commit', [], limit);
      if (command !== 'COMMIT') throw notCommitted(command);
      return result;
    } catch (error) {
      await held.rollBack();
      throw error;
    } finally {
      held.release();
    }
  } finally {
    stopWatching();
  }
}

/** After a failed statement PostgreSQL answers COMMIT with ROLLBACK, and without an error. */
function notCommitted(command: string): Error {
  return new Error(
    `the transaction was not committed: COMMIT was answered with ${command}. ` +
      'A statement in it failed and its error was caught; use a savepoint to continue after an error.',
  );
}

/** Clients that stay free: one to listen with, and one for a hook that asks the pool beside its transaction's client. */
const SPARE = 2;

const limits: WeakMap<Pool, TransactionLimit> = new WeakMap();

/**
 * Limits our concurrent transactions on a pool, so that they never take all of its clients. Otherwise hooks that ask the pool
 * for another client could wait for each other for ever.
 */
export class TransactionLimit {
  readonly #pool: Pool;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** The limit of a pool, shared by all outboxes on it. */
  static of(pool: Pool): TransactionLimit {
    const limit = limits.get(pool) ?? new TransactionLimit(pool);
    limits.set(pool, limit);
    return limit;
  }

  private constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Runs the work as soon as the limit allows. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < Math.max(1, this.#pool.options.max - SPARE)) this.#running += 1;
    else await new Promise<void>((start) => this.#waiting.push(start));
    try {
      return await work();
    } finally {
      // The place goes to the next in line, or is free.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
