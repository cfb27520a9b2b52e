/** A process that drains on a pool of two, which its deliveries and what follows from them use as well. */
import { Pool } from 'pg';
import { createOutbox } from '../../src/index.ts';

const [url = ''] = process.argv.slice(2);
const pool = new Pool({ connectionString: url, max: 2 });
const stop = new AbortController();
const errors: unknown[] = [];

const outbox = createOutbox<number>(pool, {
  queue: 'twelve',
  deliver: () => pool.query('select pg_sleep(0.005)'),
  onDelivered: ({ key }, client) => client.query('insert into deliveries values ($1)', [key]),
  onError: (error, where) => errors.push(`${where}: ${error}`),
});
process.on('message', () => stop.abort());
await outbox.createTable();
await pool.query(
  'select pg_advisory_lock(1); create table if not exists deliveries (key text); select pg_advisory_unlock(1)',
);
process.send?.('ready');
await outbox.drain(stop.signal);
await pool.end();
if (errors.length > 0) {
  console.error(errors);
  process.exitCode = 1;
}
process.disconnect();
