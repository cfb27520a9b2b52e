import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

/** A pool that ends with its test, even if that failed. Errors of idle clients are dropped. */
export function benchPool(config: pg.PoolConfig = {}, { Pool }: Pick<typeof pg, 'Pool'> = pg): pg.Pool {
  const pool = new Pool({ connectionString: inject('url'), max: 4, ...config });
  const held = new Set<pg.PoolClient>();
  pool.on('error', () => undefined);
  pool.on('acquire', (client) => held.add(client));
  pool.on('release', (_error, client) => held.delete(client));
  onTestFinished(async () => {
    for (const client of held) client.release(true);
    if (!pool.ending) await pool.end();
  });
  return pool;
}
