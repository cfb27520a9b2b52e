import { type FaultProxy, faultProxy } from '@switchgear/testkit';
import { type PgBouncer, pgBouncerOrSkip, startPgBouncer } from '@switchgear/testkit/pgbouncer';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { isCircuitOpen, protectPool } from '../src/index.ts';
import { benchCircuit, OPEN_FOR } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';

const executable = pgBouncerOrSkip();

/** In seconds: soon, yet longer than a busy machine takes to connect. */
const SETTINGS = { default_pool_size: 1, max_client_conn: 4, query_wait_timeout: 0.5, server_login_retry: 0.1 };

describe.skipIf(executable === undefined)('behind PgBouncer, whose only code is 08P01', () => {
  /** Stands between PgBouncer and a server that other tests use too, and dies in its place. */
  let server: FaultProxy;
  let bouncer: PgBouncer;

  beforeAll(async () => {
    server = await faultProxy({ port: Number(new URL(inject('url')).port) });
    bouncer = await startPgBouncer({ executable: executable as string, server: server.port, settings: SETTINGS });
  });
  afterAll(async () => {
    await bouncer?.stop();
    await server.close();
  });

  function bench(config: pg.PoolConfig = {}) {
    const circuit = benchCircuit();
    const pool = benchPool({ connectionString: bouncer.url, ...config });
    pool.on('connect', (client) => client.on('error', () => undefined));
    protectPool(pool, { breaker: circuit.breaker });
    return { pool, ...circuit };
  }

  it('a transaction is one call, on one connection', async () => {
    const { pool, outcomes } = bench();
    const client = await pool.connect();
    const pids = [];
    for (const text of ['begin', 'select pg_backend_pid() as pid', 'select pg_backend_pid() as pid', 'commit']) {
      for (const { pid } of (await client.query(text)).rows) pids.push(pid);
    }
    client.release();
    expect(pids[0]).toBe(pids[1]);
    expect(outcomes).toEqual(['success']);
  });

  it('a server with no connection free for too long is a failure', async () => {
    const { pool, outcomes } = bench();
    const holder = await pool.connect();
    await holder.query('begin');
    await expect(pool.query('select 1')).rejects.toMatchObject({ code: '08P01', message: 'query_wait_timeout' });
    await holder.query('commit');
    holder.release();
    expect(outcomes).toEqual(['success', 'failure 08P01']);
  });

  it('values that do not fit their placeholders are a mistake in a statement, as without PgBouncer', async () => {
    const { pool, outcomes } = bench();
    for (let time = 0; time < 3; time += 1) {
      await expect(pool.query('select $1::int + $2::int', [1])).rejects.toMatchObject({
        code: '08P01',
        severity: 'ERROR',
        routine: 'exec_bind_message',
      });
    }
    expect(outcomes).toEqual(['success 08P01', 'success 08P01', 'success 08P01']);
  });

  it('a server that breaks off during a query is a failure, reported as 08P01', async () => {
    const { pool, outcomes } = bench();
    const client = await pool.connect();
    const { rows } = await client.query('select pg_backend_pid() as pid');
    await client.query('begin');
    const sleeping = client.query('select pg_sleep(60)');
    await server.become('refuse');
    const error = await sleeping.catch((reason: unknown) => reason);
    await server.become('pass');
    client.release(true);
    await benchPool().query('select pg_terminate_backend($1)', [rows[0].pid]);
    expect(error).toMatchObject({ code: '08P01', severity: 'FATAL' });
    expect((error as { routine?: unknown }).routine).toBeUndefined();
    expect(outcomes).toEqual(['success', 'failure 08P01']);
    await vi.waitFor(() => pool.query('select 1'), { timeout: 10_000 });
  });

  it('a PgBouncer that takes no more clients is a failure', async () => {
    const { pool, outcomes } = bench();
    const bare = benchPool({ connectionString: bouncer.url, max: 4 });
    // It notices in its own time that those of the test before are gone, and the next test wants to be let in, too.
    const letIn = () => vi.waitFor(() => bare.connect(), { timeout: 10_000 });
    const held = [await letIn(), await letIn(), await letIn(), await letIn()];
    await expect(pool.connect()).rejects.toThrow('no more connections allowed');
    expect(outcomes).toEqual(['failure 08P01']);
    for (const client of held) client.release(true);
    (await letIn()).release(true);
  });

  it.each([
    ['a database that it does not know', { database: 'nowhere' }, 'bouncer config error'],
    ['a setting that it does not hand on', { statement_timeout: 1_000 }, 'unsupported startup parameter'],
  ])('%s is ignored', async (_what, wrong, words) => {
    const { port } = bouncer;
    const config = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres', ...wrong };
    const { pool, outcomes } = bench({ connectionString: undefined, ...config });
    await expect(pool.query('select 1')).rejects.toMatchObject({
      code: '08P01',
      message: expect.stringContaining(words),
    });
    expect(outcomes).toEqual(['ignored 08P01']);
  });

  it('a server that died opens the circuit, and closes it when it is back', async () => {
    const { pool, breaker, clock, moves, outcomes, permits } = bench();
    await pool.query('select 1');
    await server.become('refuse');
    for (let call = 0; call < 2; call += 1) await expect(pool.query('select 1')).rejects.toThrow();
    expect(outcomes.slice(1)).toEqual(['failure 08P01', 'failure 08P01']);
    await expect(pool.query('select 1')).rejects.toSatisfy(isCircuitOpen);
    await server.become('pass');
    // PgBouncer has its own mind about when to try again.
    await vi.waitFor(
      async () => {
        clock.advance(OPEN_FOR);
        await pool.query('select 1');
      },
      { timeout: 10_000 },
    );
    expect(breaker.state).toBe('closed');
    expect(moves.at(-1)).toBe('closed');
    expect(permits).toMatchObject({ inFlight: 0, settledTwice: 0 });
    expect(pool.totalCount - pool.idleCount).toBe(0);
  });
});
