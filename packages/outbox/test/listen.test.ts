import { describe, expect, it } from 'vitest';
import { inTransaction } from '../src/index.ts';
import { drainUntil, type Opened, openOutbox } from './setup/open-outbox.ts';

/** The connections that listen to a table's channel. */
const listening = (table: string): string => `select pid from pg_stat_activity where query like 'listen "${table}"%'`;

describe('listening', () => {
  it('takes one connection of a pool, however many drain on it, and gives it back with the last of them', async () => {
    const { pool, table, another } = await openOutbox({ poll: 600_000 });
    const stops = [new AbortController(), new AbortController(), new AbortController()];
    const drained = stops.map(({ signal }, index) => another({ queue: `queue ${index}` }).drain(signal));
    await expect.poll(async () => (await pool.query(listening(table))).rowCount).toBe(1);
    for (const [index, stop] of stops.entries()) {
      stop.abort();
      await drained[index];
    }
    expect(pool.totalCount - pool.idleCount).toBe(0);
    expect([pool.listenerCount('error'), pool.listenerCount('acquire')]).toEqual([1, 0]);
    await expect.poll(async () => (await pool.query(listening(table))).rowCount).toBe(0);
  });

  it.each([1, 2, 3, 4])('leaves a pool of %i free enough for three who drain, and for their hooks', async (max) => {
    const { pool, outbox, another, table } = await openOutbox({ poll: 50 }, max);
    const done: string[] = [];
    const queues = ['one', 'two', 'three'];
    const stop = new AbortController();
    const drained = queues.map((queue) =>
      another({
        queue,
        // A pool of one has no second client.
        deliver: async () => void (await pool.query('select 1')),
        onDelivered: async (_message, client) => {
          await client.query('select 1');
          done.push(queue);
        },
      }).drain(stop.signal),
    );
    for (const queue of queues) await outbox.add({ order: queue }).then(() => another({ queue }).add({ order: queue }));
    await expect.poll(() => [...done].sort()).toEqual(['one', 'three', 'two']);
    stop.abort();
    await Promise.all(drained);
    expect((await pool.query(`select from ${table} where delivered_at is not null`)).rowCount).toBe(3);
  });

  it('receives messages of all tables that are drained on a pool, also of one added later', async () => {
    const { pool, outbox, another, delivered } = await openOutbox({ poll: 600_000 });
    const table = `joined_${Date.now()}`;
    const joined = another({ table });
    await joined.createTable();
    const stop = new AbortController();
    const drained = [outbox.drain(stop.signal)];
    await another().add({ order: 'A-1' });
    await expect.poll(() => delivered.at(-1)).toBe('A-1');
    drained.push(joined.drain(stop.signal));
    for (const [options, order] of [
      [{ table }, 'A-2'],
      [{}, 'A-3'],
      [{ table }, 'A-4'],
    ] as const) {
      await another(options).add({ order });
      await expect.poll(() => delivered.at(-1)).toBe(order);
    }
    stop.abort();
    await Promise.all(drained);
    await pool.query(`drop table ${table}`);
  });

  it('gives its connection back to those who wait for one while they hold all others', async () => {
    const { pool, table, outbox, another, delivered } = await openOutbox({ poll: 600_000 }, 2);
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    await expect.poll(async () => (await pool.query(listening(table))).rowCount).toBe(1);
    // A transaction that asks the pool for another client, as those do who forget to pass theirs on.
    await inTransaction(pool, async () => void (await another().add({ order: 'A-1' })));
    await expect.poll(() => delivered).toEqual(['A-1']);
    stop.abort();
    await drained;
  });

  it('takes no connection while only one is free, and takes it later', async () => {
    const { pool, outbox, another, delivered } = await openOutbox({ poll: 600_000 }, 2);
    const client = await pool.connect();
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    expect((await pool.query('select 1')).rowCount).toBe(1);
    await another({ listen: false }).add({ order: 'A-1' });
    client.release();
    // A message added before LISTEN is found after it.
    await expect.poll(() => delivered).toEqual(['A-1']);
    stop.abort();
    await drained;
  });

  it('is received again after the connection was lost, long before the next poll', async () => {
    const { pool, table, outbox, another, delivered, errors } = await openOutbox({ poll: 600_000 });
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    for (const order of ['A-1', 'A-2', 'A-3']) {
      await expect.poll(async () => (await pool.query(listening(table))).rowCount).toBe(1);
      await pool.query(`select pg_terminate_backend(pid) from (${listening(table)}) as listeners`);
      // While nothing is listening.
      await another().add({ order });
      await expect.poll(() => delivered.at(-1)).toBe(order);
    }
    expect(errors.length).toBeGreaterThanOrEqual(3);
    stop.abort();
    await drained;
  });

  it('is notified of a message that was set aside and put back', async () => {
    let isMended = false;
    const { outbox, another, delivered } = await openOutbox({
      poll: 600_000,
      isPoison: () => true,
      deliver: async ({ payload }) => {
        if (!isMended) throw new Error('no such account');
        delivered.push(payload.order);
      },
    });
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    await another().add({ order: 'A-1' }, { key: 'one' });
    await expect.poll(() => outbox.counts()).toMatchObject({ setAside: 1 });
    isMended = true;
    expect(await another().retry('one')).toBe(true);
    await expect.poll(() => delivered).toEqual(['A-1']);
    stop.abort();
    await drained;
  });
});

describe('a hook that asks the pool for a client beside that of its transaction', () => {
  it.each([2, 3, 4, 10])('finds one in a pool of %i, however many are delivered at the same time', async (max) => {
    const opened: Opened = await openOutbox({ poll: 50, onDelivered: () => opened.pool.query('select 1') }, max);
    const { outbox } = opened;
    for (let index = 0; index < 30; index++) await outbox.add({ order: `A-${index}` });
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 30);
  });
});

describe('a due message that another transaction holds', () => {
  it('is looked for now and then, and found when it is free', async () => {
    const { pool, table, outbox, delivered } = await openOutbox({ poll: 600_000 });
    await outbox.add({ order: 'A-1' });
    const client = await pool.connect();
    await client.query('begin');
    await client.query(`select * from ${table} for update`);
    let asked = 0;
    const count = (): void => void asked++;
    pool.on('acquire', count);
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    const began = performance.now();
    await pool.query('select pg_sleep(2)');
    // Two statements a look, at 20, 40, 80 … milliseconds and then each second; a loop without a wait asks 900 a second.
    expect(asked).toBeLessThan(20 + (2 * (performance.now() - began)) / 1_000);
    await client.query('commit');
    client.release();
    await expect.poll(() => delivered).toEqual(['A-1']);
    stop.abort();
    await drained;
  });
});
