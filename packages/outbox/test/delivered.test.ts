import { describe, expect, it } from 'vitest';
import { drainUntil, openOutbox } from './setup/open-outbox.ts';

describe('what follows from a delivery', () => {
  it('is there if and only if the message is marked delivered', async () => {
    let fails = true;
    const { pool, table, outbox, another, errors, delivered } = await openOutbox({
      lease: 50,
      poll: 50,
      onDelivered: async ({ key, payload }, client) => {
        await another({ queue: 'mails' }).add(payload, { key, client });
        if (fails) throw new Error('changed my mind');
      },
    });
    await outbox.add({ order: 'A-1' }, { key: 'one' });
    await drainUntil(outbox, () => errors.length > 0);
    expect(await outbox.counts()).toMatchObject({ delivered: 0 });
    expect((await pool.query(`select * from ${table} where queue = 'mails'`)).rows).toEqual([]);

    fails = false;
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 1);
    expect(delivered.length).toBeGreaterThan(1);
    const { rows } = await pool.query(`select key, payload from ${table} where queue = 'mails'`);
    expect(rows).toEqual([{ key: 'one', payload: { order: 'A-1' } }]);
  });

  it('follows once, however often it was delivered', async () => {
    let followed = 0;
    const { outbox } = await openOutbox({ onDelivered: async () => void followed++ });
    const message = await outbox.add({ order: 'A-1' }, { claim: true });
    expect(message && (await outbox.attempt(message))).toEqual({ delivered: true });
    expect(message && (await outbox.attempt(message))).toEqual({ delivered: true });
    expect(followed).toBe(1);
  });
});

describe('a payload', () => {
  it('amended by the attempt that holds the message is found by the next, and by what follows', async () => {
    const seen: string[] = [];
    const { outbox, another } = await openOutbox({
      retryIn: () => 1,
      deliver: async (message) => {
        seen.push(message.payload.order);
        if (message.attempt > 1) return;
        expect(await another().amend(message, { order: 'A-2' })).toEqual({ ...message, payload: { order: 'A-2' } });
        throw new Error('timeout');
      },
      onDelivered: async ({ payload }) => void seen.push(payload.order),
    });
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 1);
    expect(seen).toEqual(['A-1', 'A-2', 'A-2']);
  });

  it.each([
    ['its lease ran out', "not_before = now() - interval '1 second'"],
    ['another attempt has begun', 'attempts = 2'],
    ['it was delivered', 'delivered_at = now()'],
    ['it was set aside', 'set_aside_at = now()'],
  ])('is not amended any more once %s', async (_why, change) => {
    const { pool, table, outbox } = await openOutbox();
    const message = await outbox.add({ order: 'A-1' }, { claim: true });
    await pool.query(`update ${table} set ${change}`);
    expect(message && (await outbox.amend(message, { order: 'A-2' }))).toBeUndefined();
    expect((await pool.query(`select payload from ${table}`)).rows).toEqual([{ payload: { order: 'A-1' } }]);
  });
});
