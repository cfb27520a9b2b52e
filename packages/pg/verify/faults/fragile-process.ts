import { once } from 'node:events';
import { consecutiveFailures } from '@switchgear/core';
import pg from 'pg';
import { createBreaker, protectPool } from '../../src/index.ts';

/** Holds an idle and a checked-out client without error listeners, and queries both on command. */
const [url, how] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 1_000, query_timeout: 1_000 });
const breaker = createBreaker({ name: 'database', openWhen: consecutiveFailures(100) });
if (how === 'protected') protectPool(pool, { breaker });
const [held, idle] = await Promise.all([pool.connect(), pool.connect()]);
await Promise.all([held.query('select 1'), idle.query('select 1')]);
idle.release();
process.stdout.write('ready\n');
await once(process.stdin, 'data');
for (const ask of [held, pool]) {
  await ask.query('select 1').then(
    () => process.stdout.write('success\n'),
    (error: Error) => process.stdout.write(`${error.message}\n`),
  );
}
// An end may come a little after the error that announced it.
setTimeout(() => process.exit(0), 500);
