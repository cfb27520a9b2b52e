import type { Pool, PoolClient } from 'pg';

/**
 * Runs the work in one transaction: all of it is there afterwards, or nothing.
 *
 * @throws whatever the work throws, and whatever the database says when it cannot begin or commit
 */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    // A connection that could not even roll back is not given to anybody else.
    client.release(broken);
  }
}
