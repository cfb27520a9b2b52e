import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { inTransaction } from '../src/index.ts';
import { openOutbox } from './setup/open-outbox.ts';
import { runChild } from './terminate/run-child.ts';

/** A pool of one, so that whatever is left of one transaction meets the next, and a table to write to. */
async function openPool(): Promise<{ pool: Pool; table: string; count: () => Promise<number> }> {
  const pool = new Pool({ connectionString: inject('url'), max: 1 });
  const table = `notes_${randomUUID().replaceAll('-', '')}`;
  await pool.query(`create table ${table} (note text primary key)`);
  onTestFinished(async () => {
    await pool.query(`drop table ${table}`);
    await pool.end();
  });
  const count = async (): Promise<number> => (await pool.query(`select * from ${table}`)).rows.length;
  return { pool, table, count };
}

describe('a transaction', () => {
  it.each<[statement: string, sql: (table: string) => string]>([
    ['a key that is there already', (table) => `insert into ${table} values ('one')`],
    ['a table that does not exist', () => 'select * from nowhere'],
    ['no SQL', () => 'no sql'],
    ['a division by zero', () => 'select 1/0'],
  ])('that was rolled back because its work swallowed an error rejects: %s', async (_statement, sql) => {
    const { pool, table, count } = await openPool();
    const done = inTransaction(pool, async (client) => {
      await client.query(`insert into ${table} values ('one')`);
      await client.query(sql(table)).catch(() => undefined);
      return 'done';
    });
    await expect(done).rejects.toThrow('COMMIT was answered with ROLLBACK');
    expect(await count()).toBe(0);
  });

  it('whose work rolled back to a savepoint after an error is committed', async () => {
    const { pool, table, count } = await openPool();
    const done = inTransaction(pool, async (client) => {
      await client.query(`insert into ${table} values ('one')`);
      await client.query('savepoint before');
      await client.query('select 1/0').catch(() => client.query('rollback to before'));
      return 'done';
    });
    expect(await done).toBe('done');
    expect(await count()).toBe(1);
  });

  it.each([new Error('no'), undefined, null, 'no'])(
    'rejects with what its work throws, the very same: %s',
    async (error) => {
      const { pool, table, count } = await openPool();
      const done = inTransaction(pool, async (client) => {
        await client.query(`insert into ${table} values ('one')`);
        throw error;
      });
      expect(await done.catch((thrown: unknown) => thrown)).toBe(error);
      expect(await count()).toBe(0);
    },
  );

  it('leaves no listener on a client or on the pool', async () => {
    const { pool } = await openPool();
    const listeners = async (): Promise<number> => {
      const client = await pool.connect();
      client.release();
      return client.listenerCount('error');
    };
    const before = await listeners();
    for (let time = 0; time < 5; time++) await inTransaction(pool, (client) => client.query('select 1'));
    expect(await listeners()).toBe(before);
    expect(pool.listenerCount('error')).toBe(0);
  });

  it('does not give its connection to others when its work has released it', async () => {
    const { pool, count } = await openPool();
    await inTransaction(pool, async (client) => client.release(true)).catch(() => undefined);
    expect(await count()).toBe(0);
  });

  it.each(['before', 'during', 'after'] as const)(
    'whose connection is terminated %s a statement ends no process, and is there as a whole or not at all',
    async (when) => {
      const { isReached, added, followed, committed } = await runChild(inject('url'), 'transaction', 2, when);
      expect({ isReached, committed, added, followed }).toEqual({
        isReached: true,
        committed: false,
        added: 0,
        followed: [],
      });
    },
  );
});

describe('a drain', () => {
  it.each(['before', 'during', 'after'] as const)(
    'whose connection is terminated %s a statement ends no process, delivers all, and lets follow once',
    async (when) => {
      const { isReached, delivered, followed } = await runChild(inject('url'), 'drain', 6, when);
      expect({ isReached, delivered, followed }).toEqual({
        isReached: true,
        delivered: 3,
        followed: ['A-1', 'A-2', 'A-3'],
      });
    },
  );

  it('reports an idle connection of its pool that was lost', async () => {
    const { pool, outbox, another, errors, delivered } = await openOutbox({ poll: 20, listen: false });
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    const other = new Pool({ connectionString: inject('url') });
    await expect
      .poll(async () => {
        // Whether a connection is idle when it ends is chance, so each try ends another.
        const pid = await pool.query('select pg_backend_pid() as pid').then(
          ({ rows }) => rows[0].pid,
          () => undefined,
        );
        if (pid !== undefined) await other.query('select pg_terminate_backend($1)', [pid]);
        return errors.length;
      })
      .toBeGreaterThan(0);
    await other.end();
    // The pool may hold one more whose end it has not noticed.
    const works = () =>
      pool.query('select 1').then(
        () => true,
        () => false,
      );
    await expect.poll(works).toBe(true);
    await another().add({ order: 'A-1' });
    await expect.poll(() => delivered).toEqual(['A-1']);
    stop.abort();
    await drained;
  });
});
