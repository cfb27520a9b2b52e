import { describe, expect, it } from 'vitest';
import { drainUntil, openOutbox } from './setup/open-outbox.ts';

describe('an outbox', () => {
  it('delivers what was put in, and then has nothing more to deliver', async () => {
    const { outbox, delivered } = await openOutbox();
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, () => delivered.length > 0);
    expect(delivered).toEqual(['A-1']);
    expect(await outbox.counts()).toEqual({ waiting: 0, delivered: 1, setAside: 0 });
  });

  it('puts a message in with the transaction it belongs to, or not at all', async () => {
    const { pool, outbox } = await openOutbox();
    const client = await pool.connect();
    await client.query('begin');
    await outbox.add({ order: 'A-1' }, { client });
    await client.query('rollback');
    client.release();
    expect(await outbox.counts()).toMatchObject({ waiting: 0 });
  });

  it('puts in one message under a key, however often and at the same time it is asked to', async () => {
    const { outbox } = await openOutbox();
    const added = await Promise.all(Array.from({ length: 5 }, () => outbox.add({ order: 'A-1' }, { key: 'one' })));
    expect(added.filter((message) => message !== undefined)).toEqual([
      { key: 'one', payload: { order: 'A-1' }, attempt: 0, isFirst: true },
    ]);
    expect(await outbox.counts()).toMatchObject({ waiting: 1 });
  });

  it('tries a message again under the key it had', async () => {
    const keys: string[] = [];
    const { outbox } = await openOutbox({
      deliver: async ({ key, attempt }) => {
        keys.push(key);
        if (attempt < 3) throw new Error('timeout');
      },
      retryIn: () => 1,
    });
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 1);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  it('gives each message to one of many who drain at the same time', async () => {
    const { outbox, another, delivered } = await openOutbox();
    const orders = Array.from({ length: 40 }, (_, index) => `A-${index}`);
    await Promise.all(orders.map((order) => outbox.add({ order })));
    const done = (): boolean => delivered.length >= orders.length;
    await Promise.all([outbox, another(), another()].map((each) => drainUntil(each, done)));
    expect(delivered.sort()).toEqual(orders.sort());
  });

  it('lets no other process try a message that its caller has claimed, until the lease expires', async () => {
    const { pool, table, outbox, delivered } = await openOutbox();
    const claimed = await outbox.add({ order: 'A-1' }, { claim: true });
    await outbox.add({ order: 'A-2' });
    await drainUntil(outbox, () => delivered.length > 0);
    expect(delivered).toEqual(['A-2']);
    await pool.query(`update ${table} set not_before = now() where key = $1`, [claimed?.key]);
    await drainUntil(outbox, () => delivered.length > 1);
    expect(delivered).toEqual(['A-2', 'A-1']);
  });

  it('lets the caller who claimed a message try it, and does not try it again', async () => {
    const { outbox, delivered } = await openOutbox();
    const claimed = await outbox.add({ order: 'A-1' }, { claim: true });
    expect(claimed && (await outbox.attempt(claimed))).toEqual({ delivered: true });
    expect(await outbox.counts()).toMatchObject({ delivered: 1, waiting: 0 });
    expect(delivered).toEqual(['A-1']);
  });

  it('keeps queues of one table apart', async () => {
    const { outbox, another, delivered } = await openOutbox();
    await another({ queue: 'mails' }).add({ order: 'M-1' });
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, () => delivered.length > 0);
    expect(delivered).toEqual(['A-1']);
  });

  it('forgets what was delivered when asked, and nothing else', async () => {
    const { outbox, delivered } = await openOutbox();
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, () => delivered.length > 0);
    await outbox.add({ order: 'A-2' });
    expect(await outbox.forget(60_000)).toBe(0);
    expect(await outbox.forget(0)).toBe(1);
    expect(await outbox.counts()).toEqual({ waiting: 1, delivered: 0, setAside: 0 });
  });
});
