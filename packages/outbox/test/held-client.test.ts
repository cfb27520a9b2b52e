import { Pool, type PoolClient } from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { holdClient } from '../src/database/held-client.ts';

/** A pool without a listener: an error that reaches it is thrown. */
function openPool(): Pool {
  const pool = new Pool({ connectionString: inject('url'), max: 1 });
  onTestFinished(() => pool.end());
  return pool;
}

describe('a client that is held', () => {
  it('has a listener before any of its events, and afterwards the listeners it had', async () => {
    const pool = openPool();
    const held = await holdClient(pool);
    expect(held.client.listenerCount('error')).toBe(1);
    held.release();
    const again = await holdClient(pool);
    expect(again.client).toBe(held.client);
    expect(again.client.listenerCount('error')).toBe(1);
    again.release();
  });

  it('is closed on release once its connection broke, and its later errors do not reach the pool', async () => {
    const pool = openPool();
    const held = await holdClient(pool);
    held.client.emit('error', new Error('broken'));
    expect(held.isBroken).toBe(true);
    held.release();
    held.client.emit('error', new Error('late error'));
    expect(pool.totalCount).toBe(0);
  });

  it.each<[what: string, sql: string, isKept: boolean]>([
    ['an error of a statement', 'select 1/0', true],
    ['a lost race', "do $$ begin raise exception 'lost' using errcode = '40001'; end $$", true],
    ['a termination', 'select pg_terminate_backend(pg_backend_pid())', false],
  ])('is kept or closed after an error of its own statement: %s', async (_what, sql, isKept) => {
    const pool = openPool();
    const held = await holdClient(pool);
    await expect(held.query(sql, [], 10_000)).rejects.toThrow();
    held.release();
    expect(pool.totalCount).toBe(isKept ? 1 : 0);
  });

  it('is closed when it did not answer in time', async () => {
    const pool = openPool();
    const held = await holdClient(pool);
    await expect(held.query('select pg_sleep(60)', [], 20)).rejects.toMatchObject({ name: 'TimeoutError' });
    held.release();
    expect(pool.totalCount).toBe(0);
  });

  it('goes back at once when it comes after the wait for it was over', async () => {
    const pool = openPool();
    const first = await holdClient(pool);
    await expect(holdClient(pool, 20)).rejects.toMatchObject({ name: 'TimeoutError' });
    first.release();
    const next = await holdClient(pool);
    expect(pool.waitingCount).toBe(0);
    next.release();
  });

  it('is had from what knows promises only, and once from what answers twice', async () => {
    const pool = openPool();
    const client = await pool.connect();
    const promising = { connect: async () => client } as unknown as Pool;
    expect((await holdClient(promising)).client).toBe(client);
    const twice = (callback: (error: undefined, client: PoolClient) => void): Promise<PoolClient> => {
      callback(undefined, client);
      return Promise.resolve(client);
    };
    expect((await holdClient({ connect: twice } as unknown as Pool)).client).toBe(client);
    client.release();
  });
});
