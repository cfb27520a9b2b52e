import { describe, expect, it } from 'vitest';
import { drainUntil, openOutbox } from './setup/open-outbox.ts';

const failing = async (): Promise<void> => {
  throw new Error('no such account');
};

describe('a message that cannot be delivered', () => {
  it('is set aside at once if it is poison, and says why', async () => {
    const { pool, table, outbox } = await openOutbox({
      deliver: failing,
      isPoison: (error) => String(error).includes('account'),
    });
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, async () => (await outbox.counts()).setAside === 1);
    const { rows } = await pool.query(`select attempts, last_error from ${table}`);
    expect(rows).toEqual([{ attempts: 1, last_error: 'Error: no such account' }]);
  });

  it('is set aside after the configured number of attempts', async () => {
    let attempts = 0;
    const { outbox } = await openOutbox({
      deliver: async () => {
        attempts++;
        await failing();
      },
      attempts: 3,
      retryIn: () => 1,
    });
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, async () => (await outbox.counts()).setAside === 1);
    expect(attempts).toBe(3);
  });

  it('is set aside when it ends every process that tries it', async () => {
    const { pool, table, outbox, delivered } = await openOutbox({ attempts: 3 });
    await outbox.add({ order: 'A-1' });
    // Claimed three times, never settled: what is left of three processes.
    await pool.query(`update ${table} set attempts = 3`);
    await drainUntil(outbox, async () => (await outbox.counts()).setAside === 1);
    expect(delivered).toEqual([]);
  });

  it('does not slow other messages down: poison says nothing about their destination', async () => {
    const { outbox, delivered, another } = await openOutbox({ isPoison: () => true });
    const poisoned = another({ deliver: failing });
    for (let index = 0; index < 5; index++) await outbox.add({ order: `A-${index}` });
    const began = performance.now();
    await drainUntil(poisoned, async () => (await outbox.counts()).setAside === 5);
    // Five rests of a second each, if it rested.
    expect(performance.now() - began).toBeLessThan(2_500);
    expect(delivered).toEqual([]);
  });

  it('does not keep the others waiting', async () => {
    const delivered: string[] = [];
    const { outbox } = await openOutbox({
      deliver: async ({ payload }) => {
        if (payload.order === 'bad') await failing();
        delivered.push(payload.order);
      },
    });
    for (const order of ['bad', 'A-1', 'A-2']) await outbox.add({ order });
    await drainUntil(outbox, () => delivered.length === 2);
    expect(await outbox.counts()).toEqual({ waiting: 1, delivered: 2, setAside: 0 });
  });

  it('is tried again from the first attempt when an operator puts it back', async () => {
    let isMended = false;
    const { outbox } = await openOutbox({
      deliver: () => (isMended ? Promise.resolve() : failing()),
      isPoison: () => true,
    });
    await outbox.add({ order: 'A-1' }, { key: 'one' });
    await drainUntil(outbox, async () => (await outbox.counts()).setAside === 1);
    isMended = true;
    expect(await outbox.retry('one')).toBe(true);
    expect(await outbox.retry('one')).toBe(false);
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 1);
  });
});

describe('a late answer', () => {
  it('of an attempt whose lease ran out takes nothing from the next one', async () => {
    const { pool, table, outbox } = await openOutbox({ deliver: failing });
    const first = await outbox.add({ order: 'A-1' }, { claim: true });
    await pool.query(`update ${table} set attempts = 2, not_before = now() + interval '1 hour'`);
    expect(first && (await outbox.attempt(first))).toMatchObject({ delivered: false });
    const { rows } = await pool.query(
      `select last_error, not_before > now() + interval '59 minutes' as held from ${table}`,
    );
    expect(rows).toEqual([{ last_error: null, held: true }]);
  });

  it('of a late success counts, whichever attempt holds the message now', async () => {
    const { pool, table, outbox } = await openOutbox();
    const first = await outbox.add({ order: 'A-1' }, { claim: true });
    await pool.query(`update ${table} set attempts = 2`);
    if (first) await outbox.attempt(first);
    expect(await outbox.counts()).toEqual({ waiting: 0, delivered: 1, setAside: 0 });
  });
});
