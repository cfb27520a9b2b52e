import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

/** A pool that ends with its test. Errors of idle clients are nobody's here. */
export function benchPool(config: pg.PoolConfig = {}, { Pool }: Pick<typeof pg, 'Pool'> = pg): pg.Pool {
  const pool = new Pool({ connectionString: inject('url'), max: 4, ...config });
  pool.on('error', () => undefined);
  onTestFinished(async () => {
    if (!pool.ending) await pool.end();
  });
  return pool;
}
