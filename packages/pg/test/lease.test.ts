import { once } from 'node:events';
import type { Classify } from '@switchgear/core';
import type pg from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { describe, expect, inject, it, vi } from 'vitest';
import { classifyPgError, type ProtectPoolOptions, protectPool } from '../src/index.ts';
import { benchCircuit, PERMIT_TIMEOUT } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';
import { versions } from './setup/versions.ts';

const TERMINATE = 'select pg_terminate_backend(pg_backend_pid())';
const CANCEL = 'select pg_cancel_backend(pg_backend_pid())';

const failing = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: Error) => error,
  );

/** `once` from node:events would reject: an error comes first. */
const ended = (client: pg.PoolClient) => new Promise<void>((resolve) => client.once('end', resolve));

describe.each(versions)('%s', (_name, version) => {
  function bench(config: pg.PoolConfig = {}, options: Partial<ProtectPoolOptions> = {}) {
    const circuit = benchCircuit();
    const pool = benchPool(config, version);
    pool.on('connect', (client) => client.on('error', () => undefined));
    protectPool(pool, { breaker: circuit.breaker, ...options });
    return { pool, ...circuit };
  }

  describe('a lease', () => {
    it('proves nothing by its checkout', async () => {
      const { pool, breaker, halfOpen, outcomes } = bench();
      await pool.query('select 1');
      halfOpen();
      (await pool.connect()).release();
      expect(breaker.state).toBe('half-open');
      expect(outcomes).toEqual(['success', 'ignored']);
      (await pool.connect()).release();
    });

    it('is settled by its first answer; later successes add nothing', async () => {
      const { pool, outcomes, permits } = bench();
      const client = await pool.connect();
      expect(permits.inFlight).toBe(1);
      await client.query('begin');
      expect(permits.inFlight).toBe(0);
      await client.query('select 1');
      await client.query('commit');
      client.release();
      expect([outcomes, permits.recorded]).toEqual([['success'], 0]);
    });

    it('is settled as well by an answer that is the caller’s fault', async () => {
      const { pool, outcomes } = bench();
      const client = await pool.connect();
      await failing(client.query('select * from nowhere'));
      client.release();
      expect(outcomes).toEqual(['success 42P01']);
    });

    it('waits for another answer after an ignored one', async () => {
      const { pool, outcomes } = bench();
      const client = await pool.connect();
      await failing(client.query(CANCEL));
      expect(outcomes).toEqual([]);
      await client.query('select 1');
      client.release();
      expect(outcomes).toEqual(['success']);
    });

    it('is ignored if every answer was', async () => {
      const { pool, outcomes } = bench();
      await failing(pool.query(CANCEL));
      expect(outcomes).toEqual(['ignored 57014']);
    });

    it('records what fails later, once', async () => {
      const { pool, outcomes, permits } = bench();
      const client = await pool.connect();
      await client.query('select 1');
      await failing(client.query(TERMINATE));
      await failing(client.query('select 1'));
      await failing(client.query('select 1'));
      client.release();
      expect([outcomes, permits.recorded]).toEqual([['success', 'failure 57P01'], 1]);
    });

    it('needs no release to be settled: some libraries forget it when BEGIN fails', async () => {
      const { pool, outcomes, permits } = bench();
      const client = await pool.connect();
      await failing(client.query(TERMINATE));
      expect([outcomes, permits.inFlight]).toEqual([['failure 57P01'], 0]);
      client.release();
    });

    it('expires after permitTimeout if it is never settled', async () => {
      const { pool, breaker, clock, halfOpen } = bench();
      halfOpen();
      const forgotten = await pool.connect();
      await expect(pool.connect()).rejects.toMatchObject({ code: 'EOPENBREAKER' });
      clock.advance(PERMIT_TIMEOUT);
      await pool.query('select 1');
      expect(breaker.state).toBe('closed');
      await failing(forgotten.query(TERMINATE));
      forgotten.release();
      expect([breaker.state, breaker.metrics().failures]).toEqual(['closed', 0]);
    });

    it('waits for an answer that is still to come when it is released', async () => {
      const { pool, outcomes, permits } = bench();
      const client = await pool.connect();
      const answer = client.query('select 1');
      client.release();
      expect(permits.inFlight).toBe(1);
      await answer;
      expect(outcomes).toEqual(['success']);
    });

    it('records a connection that breaks between two queries', async () => {
      const { pool, outcomes } = bench();
      const client = await pool.connect();
      const { rows } = await client.query('select pg_backend_pid() as pid');
      const died = ended(client);
      await benchPool().query('select pg_terminate_backend($1)', [rows[0].pid]);
      await died;
      expect(outcomes).toEqual(['success', 'failure 57P01']);
      client.release();
    });

    it('is settled by a connection that breaks before any query', async () => {
      const { pool, outcomes, permits } = bench();
      const client = (await pool.connect()) as pg.PoolClient & { processID: number };
      const died = ended(client);
      await benchPool().query('select pg_terminate_backend($1)', [client.processID]);
      await died;
      expect([outcomes, permits.inFlight]).toEqual([['failure 57P01'], 0]);
      client.release();
    });

    it('is ignored if its caller ended the connection during a query', async () => {
      const { pool, outcomes, permits } = bench();
      const client = await pool.connect();
      const abandoned = failing(client.query('select pg_sleep(60)'));
      client.release(true);
      expect(await abandoned).toMatchObject({ message: expect.stringContaining('Connection terminated') });
      expect([outcomes, permits.inFlight]).toEqual([['ignored caller'], 0]);
    });

    it('ignores later errors of a client after an end that was no failure', async () => {
      const { pool, outcomes, permits } = bench({ idle_in_transaction_session_timeout: 20 });
      const client = await pool.connect();
      const died = ended(client);
      await client.query('begin');
      await died;
      expect(await failing(client.query('select 1'))).toMatchObject({ message: expect.stringContaining('queryable') });
      client.release();
      expect([outcomes, permits.recorded]).toEqual([['success'], 0]);
    });

    it('gives its permit back after such an end, though answers are still to come', async () => {
      const classify = () => 'ignored' as const;
      const { pool, outcomes, permits } = bench({}, { classify });
      const client = await pool.connect();
      const answers = [client.query(TERMINATE), client.query('select 1')];
      client.release();
      await Promise.all(answers.map(failing));
      expect([outcomes, permits.inFlight]).toEqual([['ignored'], 0]);
    });

    it('does not wait for a query that was never sent', async () => {
      const { pool, outcomes, permits } = bench();
      const client = await pool.connect();
      expect(() => client.query(null as unknown as string)).toThrow(TypeError);
      client.release();
      expect([outcomes, permits.inFlight]).toEqual([['ignored'], 0]);
    });

    it('of a client that listens lasts until its release', async () => {
      const { pool, outcomes } = bench();
      const client = await pool.connect();
      await client.query('listen news');
      const heard = once(client, 'notification');
      await pool.query("notify news, 'today'");
      expect(await heard).toMatchObject([{ payload: 'today' }]);
      client.release(true);
      expect(outcomes).toEqual(['success', 'success']);
    });
  });

  describe('queries that talk to the connection themselves', () => {
    it('a cursor settles by its first batch', async () => {
      const { pool, outcomes } = bench();
      const client = await pool.connect();
      const cursor = client.query(new Cursor('select * from generate_series(1, 3) as n'));
      expect(await cursor.read(1)).toEqual([{ n: 1 }]);
      expect(outcomes).toEqual(['success']);
      expect(await cursor.read(5)).toEqual([{ n: 2 }, { n: 3 }]);
      await cursor.close();
      client.release();
      expect(outcomes).toEqual(['success']);
    });

    it('a cursor settles by its error', async () => {
      const { pool, outcomes } = bench({ statement_timeout: 20 });
      const client = await pool.connect();
      const cursor = client.query(new Cursor('select pg_sleep(5)'));
      expect(await failing(cursor.read(1))).toMatchObject({ code: '57014' });
      client.release();
      expect(outcomes).toEqual(['failure timeout']);
    });

    it('a stream comes through whole, and keeps no trace', async () => {
      const { pool, outcomes } = bench();
      const client = await pool.connect();
      const stream = new QueryStream('select n::text from generate_series(1, 3) as n', [], { batchSize: 1 });
      const own = Object.getOwnPropertyDescriptors(stream);
      const rows = await client.query(stream).toArray();
      expect(rows).toEqual([{ n: '1' }, { n: '2' }, { n: '3' }]);
      client.release();
      expect(outcomes).toEqual(['success']);
      expect(stream.handleError).toBe(own['handleError']?.value);
    });

    it('a Query emits its rows and its end', async () => {
      const { pool, outcomes } = bench();
      const client = await pool.connect();
      const query = client.query(new version.Query('select 1 as n'));
      const rows: unknown[] = [];
      query.on('row', (row) => rows.push(row));
      await once(query, 'end');
      client.release();
      expect([rows, outcomes]).toEqual([[{ n: 1 }], ['success']]);
    });

    it('pool.query hands them over without a permit, even while open: they may never give their client back', async () => {
      const { pool, breaker, permits } = bench();
      breaker.trip();
      const query = new version.Query('select 1 as n');
      const answered = once(query, 'end');
      void pool.query(query);
      await answered;
      expect(permits.issued).toBe(0);
      await expect(pool.query('select 1')).rejects.toMatchObject({ code: 'EOPENBREAKER' });
    });
  });

  describe('not a failure of the database', () => {
    it('a pool that is full', async () => {
      const { pool, outcomes } = bench({ max: 1 });
      const client = await pool.connect();
      pool.options.connectionTimeoutMillis = 20;
      await expect(pool.query('select 1')).rejects.toThrow('timeout exceeded when trying to connect');
      await client.query('select 1');
      client.release();
      expect(outcomes).toEqual(['ignored pool_exhausted', 'success']);
    });

    it.each([
      ['a wrong password', { user: 'with_password', password: 'wrong' }, '28P01'],
      ['a missing database', { database: 'nowhere' }, '3D000'],
      ['a missing user', { user: 'nobody' }, '28000'],
    ])('%s', async (_what, wrong, state) => {
      await benchPool().query('do $$ begin create role with_password login; exception when others then end $$');
      const { hostname: host, port } = new URL(inject('url'));
      const config = { host, port: Number(port), user: 'postgres', database: 'postgres', ...wrong };
      const { pool, outcomes } = bench({ connectionString: undefined, ...config });
      await expect(pool.query('select 1')).rejects.toMatchObject({ code: state });
      expect(outcomes).toEqual([`ignored ${state}`]);
    });

    it('a checkout after the end', async () => {
      const { pool, outcomes } = bench();
      await pool.end();
      await expect(pool.query('select 1')).rejects.toThrow('after calling end');
      expect(outcomes).toEqual(['ignored caller']);
    });
  });

  describe('idle clients', () => {
    const end = async (client: pg.PoolClient, pool: pg.Pool) => {
      const { rows } = await client.query('select pg_backend_pid() as pid');
      client.release();
      const removed = new Promise((resolve) => pool.once('remove', resolve));
      await benchPool().query('select pg_terminate_backend($1)', [rows[0].pid]);
      await removed;
    };

    it('that break are not counted', async () => {
      const { pool, outcomes } = bench();
      await end(await pool.connect(), pool);
      expect(outcomes).toEqual(['success']);
    });

    it('that break can be recorded in a listener for errors', async () => {
      const { pool, breaker, outcomes } = bench();
      pool.on('error', (error) => breaker.record(classifyPgError(error)));
      await end(await pool.connect(), pool);
      expect(outcomes).toEqual(['success', 'failure 57P01']);
    });
  });

  describe('slowness', () => {
    it('is that of the query, not of the wait for a client', async () => {
      const { breaker, durations } = benchCircuit({ clock: performance });
      const pool = benchPool({ max: 1 }, version);
      protectPool(pool, { breaker });
      await Promise.all([pool.query('select pg_sleep(0.2)'), pool.query('select 1')]);
      const [slow, quick] = durations;
      expect(slow).toBeGreaterThan(190);
      expect(quick).toBeLessThan(slow!);
    });

    it('is measured by the clock of the breaker', async () => {
      const { breaker, clock, durations } = benchCircuit();
      const client = {
        query: async () => clock.advance(250),
        release: () => undefined,
      };
      const pool = {
        connect: async () => {
          clock.advance(1_000);
          return client;
        },
      };
      protectPool(pool, { breaker });
      await (await pool.connect()).query();
      expect(durations).toEqual([250]);
    });

    it('beyond a timeout of the server or of the client is a failure', async () => {
      const server = bench({ statement_timeout: 20 });
      await expect(server.pool.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
      const client = bench({ query_timeout: 20 });
      await expect(client.pool.query('select pg_sleep(0.1)')).rejects.toThrow('Query read timeout');
      expect([server.outcomes, client.outcomes]).toEqual([['failure timeout'], ['failure timeout']]);
    });
  });

  describe('options', () => {
    it('classify decides first, and the default decides the rest', async () => {
      const classify = vi.fn().mockReturnValueOnce({ outcome: 'failure', kind: 'mine' }).mockReturnValue(undefined);
      const { pool, outcomes } = bench({}, { classify });
      await pool.query('select 1');
      await failing(pool.query('select * from nowhere'));
      expect(outcomes).toEqual(['failure mine', 'success 42P01']);
      expect(classify.mock.calls).toEqual([
        [{ value: expect.objectContaining({ rowCount: 1 }) }],
        [{ error: expect.objectContaining({ code: '42P01' }) }],
      ]);
    });

    it('a classify that throws is reported, and the default applies', async () => {
      const error = new Error('a bug');
      const classify = () => {
        throw error;
      };
      const { pool, outcomes, errors } = bench({}, { classify });
      expect((await pool.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
      expect([outcomes, errors]).toEqual([['success'], [error]]);
    });

    it('classify can count a full pool as a failure', async () => {
      const classify: Classify = (ending) =>
        'error' in ending && classifyPgError(ending.error).kind === 'pool_exhausted' ? 'failure' : undefined;
      const { pool, outcomes } = bench({ max: 1 }, { classify });
      const client = await pool.connect();
      pool.options.connectionTimeoutMillis = 20;
      await failing(pool.connect());
      client.release();
      expect(outcomes).toEqual(['failure', 'ignored']);
    });

    it.each<[role: 'primary' | 'replica', outcome: string, kept: number]>([
      ['primary', 'failure 25006', 0],
      ['replica', 'ignored 25006', 1],
    ])('a %s that is read-only: %s', async (role, outcome, kept) => {
      const { pool, outcomes } = bench({ options: '-c default_transaction_read_only=on' }, { role });
      const client = await pool.connect();
      await expect(client.query('create table written ()')).rejects.toMatchObject({ code: '25006' });
      client.release();
      expect(outcomes).toEqual([outcome]);
      expect(pool.totalCount).toBe(kept);
    });
  });
});
