/**
 * A process that uses the outbox while the server terminates one of its connections at one step: before a statement is
 * sent, while it runs, or after it was answered. Its pool has no `error` listener, so that nothing but the outbox keeps
 * the process alive.
 *
 * Prints what came of it, and whether there was such a step.
 */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { createOutbox, inTransaction } from '../../src/index.ts';
import { terminateAt, type When } from './terminate-at.ts';

const [url = '', table = '', scenario = '', step = '', when = ''] = process.argv.slice(2);
const admin = new pg.Client({ connectionString: url });
await admin.connect();
const pool = new pg.Pool({ connectionString: url, max: 3 });
const deliveries: string[] = [];
const errors: string[] = [];
const outbox = createOutbox<{ order: string }>(pool, {
  queue: 'payments',
  table,
  lease: 400,
  poll: 100,
  retryIn: () => 20,
  deliver: async ({ key }) => void deliveries.push(key),
  onDelivered: ({ key }, client) => client.query(`insert into ${table}_followed values ($1)`, [key]),
  onError: (error, where) => errors.push(`${where}: ${error}`),
});
await outbox.createTable();
await admin.query(`create table if not exists ${table}_followed (key text)`);

const termination = terminateAt(Number(step), when as When, admin);
const outcome = scenario === 'drain' ? await drain() : await transact();
termination.end();
await pool.end();
await admin.end();
console.log(JSON.stringify({ isReached: termination.isReached, ...outcome }));

async function transact() {
  const committed = await inTransaction(pool, async (client) => {
    await client.query(`insert into ${table}_followed values ('A-1')`);
    await outbox.add({ order: 'A-1' }, { key: 'A-1', client });
    // The work does something else, while nothing is asked of the connection.
    await delay(20);
    return true;
  }).catch(() => false);
  return { committed, ...(await found()) };
}

async function drain() {
  for (const key of ['A-1', 'A-2', 'A-3']) {
    await admin.query(`insert into ${table} (queue, key, payload) values ('payments', $1, '{}')`, [key]);
  }
  const stop = new AbortController();
  const drained = outbox.drain(stop.signal);
  while ((await found()).delivered < 3) await delay(10);
  // Idle by now, and listening.
  await delay(50);
  stop.abort();
  await drained;
  return { deliveries, errors, ...(await found()) };
}

async function found() {
  const { rows } = await admin.query(
    `select count(*)::int as added, count(delivered_at)::int as delivered from ${table}`,
  );
  const followed = await admin.query(`select key from ${table}_followed order by key`);
  return { ...rows[0], followed: followed.rows.map(({ key }) => key) };
}
