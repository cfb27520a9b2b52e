import type { Pool, PoolClient } from 'pg';

/** Runs the work in one transaction: all of it is there afterwards, or nothing. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let lost: Error | undefined;
  const onError = (error: Error) => {
    lost = error;
  };
  // A connection that dies between two queries says so here; unheard, it would end the process.
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(onError);
    throw error;
  } finally {
    client.off('error', onError);
    // A connection that could not even roll back is not given to anybody else.
    client.release(lost);
  }
}
