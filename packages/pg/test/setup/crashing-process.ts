import { consecutiveFailures } from '@switchgear/core';
import pg from 'pg';
import { createBreaker, protectPool } from '../../src/index.ts';

/** Holds a client without an error listener, protected or not, and has its connection ended by the server. */
const [url, how, holds] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url });
const breaker = createBreaker({ name: 'database', openWhen: consecutiveFailures(100) });
if (how === 'protected') protectPool(pool, { breaker });
const client = await pool.connect();
const { rows } = await client.query('select pg_backend_pid() as pid');
if (holds === 'idle') client.release();
const other = new pg.Client(url);
await other.connect();
await other.query('select pg_terminate_backend($1)', [rows[0].pid]);
await other.end();
