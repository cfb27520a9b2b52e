import { setTimeout as delay } from 'node:timers/promises';
import { CircuitOpenError, consecutiveFailures, createBreaker, fixed } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { drainUntil, openOutbox } from './setup/open-outbox.ts';

/** The connections that listen, as long as they do nothing else. */
const LISTENING = "select pid from pg_stat_activity where query like 'listen %' and pid <> pg_backend_pid()";

describe('the pace of draining', () => {
  it('counts a refusal as no attempt: the message is due again at once', async () => {
    const { outbox } = await openOutbox({
      deliver: async () => {
        throw new Error('payment failed', {
          cause: new CircuitOpenError('payments', 60_000, { rule: 'failureRate', at: 0 }),
        });
      },
      attempts: 1,
    });
    const message = await outbox.add({ order: 'A-1' }, { claim: true });
    if (message) await outbox.attempt(message);
    expect(await outbox.counts()).toEqual({ waiting: 1, delivered: 0, setAside: 0 });
  });

  it('tries one message at a time while the circuit is open, and more and more once things go well', async () => {
    const breaker = createBreaker({ name: 'payments', openWhen: consecutiveFailures(1), openFor: fixed(100) });
    let isDown = true;
    let underWay = 0;
    let most = 0;
    let calls = 0;
    const { outbox, another } = await openOutbox({
      concurrent: 8,
      retryIn: () => 1,
      deliver: () =>
        breaker.run(async () => {
          calls++;
          most = Math.max(most, ++underWay);
          await delay(5);
          underWay--;
          if (isDown) throw new Error('down');
        }),
    });
    for (let index = 0; index < 40; index++) await another().add({ order: `A-${index}` });
    await drainUntil(outbox, () => calls >= 3);
    expect(most).toBe(1);
    isDown = false;
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 40);
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThanOrEqual(8);
  });
});

describe('a new message', () => {
  it('wakes a drain of an empty queue, long before the next poll', async () => {
    const { outbox, another, delivered } = await openOutbox({ poll: 600_000 });
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    for (const order of ['A-1', 'A-2', 'A-3']) {
      await another().add({ order });
      await expect.poll(() => delivered.at(-1), { timeout: 10_000 }).toBe(order);
    }
    stop.abort();
    await drained;
  });

  it('is found by the next poll without a listener, or if the pool has only one connection', async () => {
    for (const [options, max] of [
      [{ listen: false }, 10],
      [{}, 1],
    ] as const) {
      const { outbox, another, delivered } = await openOutbox({ poll: 20, ...options }, max);
      const stop = new AbortController();
      const drained = outbox.drain(stop.signal);
      await another().add({ order: 'A-1' });
      await expect.poll(() => delivered).toEqual(['A-1']);
      stop.abort();
      await drained;
    }
  });

  it('that its caller tries at once wakes no drain, until the attempt has failed or was refused', async () => {
    let isOpen = true;
    const { pool, table, outbox, delivered } = await openOutbox({
      poll: 600_000,
      deliver: async ({ payload }) => {
        if (isOpen) throw new CircuitOpenError('payments', 1, { rule: 'failureRate', at: 0 });
        delivered.push(payload.order);
      },
    });
    const rings: unknown[] = [];
    const listener = await pool.connect();
    listener.on('notification', ({ payload }) => rings.push(payload));
    await listener.query(`listen ${table}`);
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    await expect.poll(async () => (await pool.query(LISTENING)).rowCount).toBe(2);
    const message = await outbox.add({ order: 'A-1' }, { claim: true });
    if (message) await outbox.attempt(message);
    isOpen = false;
    await expect.poll(() => delivered, { timeout: 10_000 }).toEqual(['A-1']);
    await listener.query('select 1');
    expect(rings).toEqual([]);
    stop.abort();
    await drained;
    listener.release(true);
  });

  it('of a queue that does not listen is not announced', async () => {
    const { pool, table, outbox, another } = await openOutbox({ listen: false });
    const rings: unknown[] = [];
    const listener = await pool.connect();
    listener.on('notification', ({ payload }) => rings.push(payload));
    await listener.query(`listen ${table}`);
    await outbox.add({ order: 'A-1' });
    await another({ queue: 'mails', listen: true }).add({ order: 'A-2' });
    await listener.query('select 1');
    expect(rings).toEqual(['mails']);
    listener.release(true);
  });

  it('is announced again after the listening connection was lost', async () => {
    const { pool, outbox, another, delivered, errors } = await openOutbox({ poll: 50 });
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    await expect.poll(async () => (await pool.query(LISTENING)).rowCount).toBe(1);
    await pool.query(`select pg_terminate_backend(pid) from (${LISTENING}) as listeners`);
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    await expect.poll(async () => (await pool.query(LISTENING)).rowCount).toBe(1);
    await another().add({ order: 'A-1' });
    await expect.poll(() => delivered).toEqual(['A-1']);
    stop.abort();
    await drained;
  });

  it('leaves nothing behind in the pool when draining ends', async () => {
    const { pool, outbox, another, delivered } = await openOutbox();
    await another().add({ order: 'A-1' });
    await drainUntil(outbox, () => delivered.length > 0);
    expect(pool.totalCount - pool.idleCount).toBe(0);
    expect(pool.listenerCount('error')).toBe(1);
  });
});
