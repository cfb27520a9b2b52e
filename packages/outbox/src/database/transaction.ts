import type { Pool, PoolClient } from 'pg';
import { type HeldClient, holdClient } from './held-client.ts';
import { watchPool } from './pool-errors.ts';

/**
 * Runs the work in one transaction: all of it is there afterwards, or nothing.
 *
 * When the connection breaks while it commits, it rejects although all of it may be there: nothing else can be known then.
 *
 * @throws whatever the work throws; whatever the database says when it cannot begin or commit; and an error when the
 * database rolled back instead of committing, because the work went on after a statement that had failed
 */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return transact(pool, ({ client }) => work(client));
}

/** The same for work that knows its connection. @param limit milliseconds to wait for a client and for each answer */
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

/** PostgreSQL answers COMMIT with ROLLBACK, and with no error, once a statement has failed. */
function notCommitted(command: string): Error {
  return new Error(
    `the transaction was not committed: COMMIT was answered with ${command}. ` +
      'A statement in it failed and its error was caught; to go on after an error, use a savepoint.',
  );
}
