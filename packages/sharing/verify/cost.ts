import { setTimeout as pause } from 'node:timers/promises';
import { redisOrSkip, startRedis } from '@switchgear/testkit/stores';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type Bus, createBreaker, share } from '../src/index.ts';
import { type Store, storesAsked, type Way } from './stores.ts';
import { printTable } from './table.ts';

// `node cost.ts [redis|postgres|nats…]`: how many commands a second a store gets from 1, 8 and 64 instances, in peace and while a
// breaker of each has failures. By the store's own count for Redis and PostgreSQL, by that of the bus for NATS.

const FLEETS = [1, 8, 64];
const WINDOW = 5_000;
const HEADS = ['bus', 'instances', 'commands a second in peace', 'in trouble', 'received a second by each in trouble'];

/** What a store counts. */
type Count = () => Promise<number>;

async function counterOf(store: Store, port: number, sent: () => number, ends: (() => unknown)[]): Promise<Count> {
  if (store.name === 'redis') {
    const redis = new Redis(port, '127.0.0.1');
    ends.push(() => redis.disconnect());
    return async () => {
      const stats = await redis.info('commandstats');
      return [...stats.matchAll(/cmdstat_(?:publish|eval):calls=(\d+)/g)].reduce(
        (sum, [, calls]) => sum + Number(calls),
        0,
      );
    };
  }
  if (store.name === 'postgres') {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
    await client.connect();
    ends.push(() => client.end());
    return async () => {
      // Sessions tell what they have counted with a delay.
      await pause(1_500);
      const { rows } = await client.query(
        'select xact_commit from pg_stat_database where datname = current_database()',
      );
      return Number(rows[0]?.xact_commit);
    };
  }
  return async () => sent();
}

async function measure(store: Store, { name, make }: Way<Bus>, port: number, instances: number): Promise<unknown[]> {
  const ends: (() => unknown)[] = [];
  let sent = 0;
  const counted = (bus: Bus): Bus => ({
    ...bus,
    async open(hear, fail) {
      const connection = await bus.open(hear, fail);
      return { send: (report) => [sent++, connection.send(report)][1], close: () => connection.close() };
    },
  });
  const count = await counterOf(store, port, () => sent, ends);
  const join = async () => {
    const breaker = createBreaker({ name: 'payments' });
    const bus = counted(await make(port, ends));
    return { breaker, sharing: share(breaker, { group: `cost ${instances}`, bus }) };
  };
  const members = await Promise.all(Array.from({ length: instances }, join));
  const perSecond = async (): Promise<number> => {
    const [before, began] = [await count(), performance.now()];
    await pause(WINDOW);
    const after = await count();
    return Math.round((10 * (after - before) * 1_000) / (performance.now() - began)) / 10;
  };
  await pause(3_000);
  const peace = await perSecond();
  const trouble = setInterval(() => {
    for (const { breaker } of members) breaker.record('failure');
  }, 1_000);
  await pause(1_500);
  const received = () => members.reduce((sum, { sharing }) => sum + sharing.report().received, 0);
  const [before, began] = [received(), performance.now()];
  const inTrouble = await perSecond();
  const each = (received() - before) / instances / ((performance.now() - began) / 1_000);
  clearInterval(trouble);
  await Promise.all(members.map(({ sharing }) => sharing.close()));
  for (const end of ends) await end();
  return [name, instances, peace, inTrouble, Math.round(each)];
}

const rows: unknown[][] = [];
for (const store of storesAsked()) {
  // Without an append-only file: to write each exchange to the disk limits a mailbox to what the disk takes.
  const server = store.name === 'redis' ? await startRedis(redisOrSkip() ?? '') : await store.start();
  try {
    // One client for each kind of bus: which one makes no difference to the store.
    for (const way of store.buses.filter((_, i) => store.buses.length === 1 || i % 2 === 0)) {
      for (const instances of FLEETS) rows.push(await measure(store, way, server.port, instances));
    }
  } finally {
    await server.stop();
  }
}
printTable('Commands a second', HEADS, rows);
console.log('\nPostgreSQL counts a transaction for each notification that a listener gets, too.');
