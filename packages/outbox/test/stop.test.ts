import { setTimeout as delay } from 'node:timers/promises';
import { createBreaker } from '@switchgear/core';
import { startPostgres } from '@switchgear/testkit/postgres';
import { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { createOutbox, type DeliverContext } from '../src/index.ts';
import { openOutbox } from './setup/open-outbox.ts';

/** An outbox whose only delivery never ends. */
async function openHanging(options: { readonly stopTimeout?: number; readonly deliveryTimeout?: number } = {}) {
  const contexts: DeliverContext[] = [];
  const opened = await openOutbox({
    ...options,
    deliver: (_message, context) => {
      contexts.push(context);
      return new Promise(() => undefined);
    },
  });
  await opened.outbox.add({ order: 'A-1' });
  return { ...opened, contexts };
}

describe('a signal that has aborted before', () => {
  it('ends draining before it begins: nothing is asked of the database', async () => {
    const { pool, outbox, delivered } = await openOutbox();
    await outbox.add({ order: 'A-1' });
    let asked = 0;
    pool.on('acquire', () => asked++);
    for (const reason of [undefined, null, new Error('stop')]) await outbox.drain(AbortSignal.abort(reason));
    expect({ asked, delivered }).toEqual({ asked: 0, delivered: [] });
  });

  it.each([[undefined], [null], [5], [{}], [{ aborted: false }], ['abort']])(
    '%j is not an AbortSignal, and refused at once',
    async (signal) => {
      const { outbox } = await openOutbox();
      expect(() => outbox.drain(signal as never)).toThrow('signal must be an AbortSignal');
    },
  );
});

describe('stopping', () => {
  it('waits for a delivery under way, and marks it', async () => {
    let begun = false;
    const { outbox } = await openOutbox({
      deliver: async () => {
        begun = true;
        await delay(100);
      },
    });
    await outbox.add({ order: 'A-1' });
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    await expect.poll(() => begun).toBe(true);
    stop.abort();
    await drained;
    expect(await outbox.counts()).toMatchObject({ delivered: 1 });
  });

  it('ends although a delivery never does: its signal aborts, and its message waits for the end of its lease', async () => {
    const { pool, table, outbox, contexts } = await openHanging({ stopTimeout: 20 });
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    await expect.poll(() => contexts.length).toBe(1);
    stop.abort();
    await drained;
    expect(contexts[0]?.signal).toMatchObject({ aborted: true, reason: { name: 'AbortError' } });
    const { rows } = await pool.query(`select attempts, not_before > now() as held, last_error from ${table}`);
    expect(rows).toEqual([{ attempts: 1, held: true, last_error: null }]);
    expect(pool.totalCount - pool.idleCount).toBe(0);
  });

  it('writes down how a delivery ended that heeds its signal', async () => {
    let begun = false;
    const { pool, table, outbox } = await openOutbox({
      stopTimeout: 0,
      deliver: (_message, { signal }) => {
        begun = true;
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    await outbox.add({ order: 'A-1' });
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    await expect.poll(() => begun).toBe(true);
    stop.abort();
    await drained;
    const { rows } = await pool.query(`select last_error from ${table}`);
    expect(rows).toEqual([{ last_error: 'AbortError: draining has stopped' }]);
  });

  it('ends although the database hangs', async () => {
    const postgres = await startPostgres();
    // A client that was connecting when the database was paused would hold up the end of the pool for ever.
    const pool = new Pool({ connectionString: postgres.url, connectionTimeoutMillis: 2_000 });
    pool.on('error', () => undefined);
    const outbox = createOutbox(pool, {
      queue: 'payments',
      poll: 10,
      stopTimeout: 50,
      deliver: async () => undefined,
    });
    await outbox.createTable();
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    await delay(100);
    await postgres.pause();
    await delay(100);
    stop.abort();
    await drained;
    // No client is held any more, or this would not end.
    await pool.end();
    await postgres.stop();
  });

  it('ends although no client of the pool is free', async () => {
    const { pool, outbox, another } = await openOutbox({ stopTimeout: 20 }, 1);
    const client = await pool.connect();
    const stop = new AbortController();
    const drained = [outbox, another(), another()].map((each) => each.drain(stop.signal));
    await delay(20);
    stop.abort();
    await Promise.all(drained);
    client.release();
  });

  it('of the pool ends with it, although it listens', async () => {
    const { pool, outbox } = await openOutbox();
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    await expect.poll(() => pool.totalCount).toBe(2);
    await pool.end();
    stop.abort();
    await drained;
  });
});

describe('a delivery that reaches its time limit', () => {
  it('sees its signal abort, has failed, and is not tried again before its lease expires', async () => {
    const { pool, table, outbox, contexts } = await openHanging({ deliveryTimeout: 20 });
    await pool.query(`delete from ${table}`);
    const message = await outbox.add({ order: 'A-1' }, { claim: true });
    const attempt = await outbox.attempt(message!);
    expect(attempt).toMatchObject({ delivered: false, error: { name: 'TimeoutError' }, isPoison: false });
    expect(contexts[0]?.signal).toMatchObject({ aborted: true, reason: { name: 'TimeoutError' } });
    const { rows } = await pool.query(`select not_before > now() + interval '30 s' as held, last_error from ${table}`);
    expect(rows).toEqual([{ held: true, last_error: 'TimeoutError: the delivery took longer than 20 ms' }]);
  });

  it('and heeds its signal is tried again as after any failure', async () => {
    const { pool, table, outbox } = await openOutbox({
      deliveryTimeout: 20,
      retryIn: () => 0,
      deliver: (_message, { signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('canceled')))),
    });
    const message = await outbox.add({ order: 'A-1' }, { claim: true });
    const attempt = await outbox.attempt(message!);
    expect(attempt).toMatchObject({ error: { name: 'TimeoutError', cause: { message: 'canceled' } } });
    const { rows } = await pool.query(`select not_before <= clock_timestamp() as due from ${table}`);
    expect(rows).toEqual([{ due: true }]);
  });

  it('and succeeds after all is believed', async () => {
    let succeed = (): void => undefined;
    const { outbox } = await openOutbox({
      deliveryTimeout: 20,
      deliver: () =>
        new Promise<void>((resolve) => {
          succeed = resolve;
        }),
    });
    const message = await outbox.add({ order: 'A-1' }, { claim: true });
    expect(await outbox.attempt(message!)).toMatchObject({ delivered: false });
    succeed();
    await expect.poll(() => outbox.counts()).toMatchObject({ delivered: 1 });
  });
});

describe('a delivery that is ended by its signal', () => {
  it.each<[ending: string, limit: number, outcome: object]>([
    ['a timeout to its breaker at its time limit', 20, { outcome: 'failure', kind: 'timeout' }],
    ['nothing to its breaker when draining stops', 60_000, { outcome: 'ignored' }],
  ])('is %s', async (_ending, deliveryTimeout, outcome) => {
    const outcomes: unknown[] = [];
    const breaker = createBreaker({ name: 'payments' });
    breaker.subscribe((event) => outcomes.push(event), { outcomes: true });
    let begun = false;
    const { outbox } = await openOutbox({
      deliveryTimeout,
      stopTimeout: 0,
      deliver: (_message, { signal }) => {
        begun = true;
        return breaker.run(
          () => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
          { signal },
        );
      },
    });
    await outbox.add({ order: 'A-1' });
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    await expect.poll(() => begun).toBe(true);
    if (deliveryTimeout === 20) await expect.poll(() => outcomes.length).toBe(1);
    stop.abort();
    await drained;
    expect(outcomes).toEqual([expect.objectContaining(outcome)]);
  });
});
