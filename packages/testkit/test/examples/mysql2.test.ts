import type { Breaker } from '@switchgear/core';
import { isCircuitOpen } from '@switchgear/core';
import mysql from 'mysql2';
import promised from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classifyMysqlError, protectMysqlPool } from '../../examples/mysql2.ts';
import { type MariaDb, mariaDbOrSkip, startMariaDb } from '../../servers/mariadb/index.ts';
import { type AdapterUnderTest, describeAdapter, freePort, watchBreaker } from '../../src/index.ts';

const programs = mariaDbOrSkip();

describe.skipIf(!programs)('mysql2 before a MariaDB', () => {
  let server: MariaDb;
  beforeAll(async () => {
    server = await startMariaDb(programs as NonNullable<typeof programs>);
  });
  afterAll(() => server?.stop());

  const poolOf = (options: mysql.PoolOptions = {}) =>
    promised.createPool({ host: '127.0.0.1', port: server.port, user: 'root', connectionLimit: 4, ...options });

  describeAdapter(
    'mysql2',
    (breaker: Breaker): AdapterUnderTest => {
      let reached = 0;
      const pool = poolOf();
      pool.on('acquire', () => (reached += 1));
      protectMysqlPool(pool as never, { breaker });
      return {
        succeed: () => pool.query('select 1'),
        fail: () => pool.query('set statement max_statement_time = 0.001 for select sleep(1)'),
        sayNothing: () => pool.query('kill query connection_id()'),
        relay: (error) => {
          const toSqlString = () => {
            throw error;
          };
          return pool.query('select ?', [{ toSqlString }]);
        },
        reached: () => reached,
        dispose: () => pool.end(),
      };
    },
    { describe, it },
  );

  it('counts real answers, in both forms of the client', async () => {
    const { breaker, outcomes } = watchBreaker();
    const pool = mysql.createPool({ host: '127.0.0.1', port: server.port, user: 'root' });
    protectMysqlPool(pool, { breaker });
    await pool.promise().execute('select 1');
    await pool
      .promise()
      .query('select nonsense')
      .catch(() => undefined);
    await new Promise((resolve) => pool.query('select 1', resolve));
    expect(outcomes).toEqual(['success', 'success', 'success']);
    await pool.promise().end();
  });

  it('settles a checkout by its first query, and lets a transaction that has begun end', async () => {
    const { breaker, outcomes, permits } = watchBreaker();
    const pool = poolOf();
    protectMysqlPool(pool as never, { breaker });
    const connection = await pool.getConnection();
    expect([permits.inFlight, outcomes]).toEqual([1, []]);
    await connection.beginTransaction();
    expect(outcomes).toEqual(['success']);
    breaker.trip();
    await connection.query('select 1');
    await connection.commit();
    connection.release();
    expect(isCircuitOpen(await pool.getConnection().catch((error: unknown) => error))).toBe(true);
    breaker.reset();
    (await pool.getConnection()).release();
    expect([outcomes, permits.inFlight]).toEqual([['success', 'ignored'], 0]);
    await pool.end();
  });

  it('takes one permit for a checkout that waited for a connection which was lost', async () => {
    const { breaker, outcomes, permits } = watchBreaker();
    const pool = poolOf({ connectionLimit: 1 });
    protectMysqlPool(pool as never, { breaker });
    const lost = await pool.getConnection();
    const waiting = pool.query('select 1');
    await lost.query('kill connection_id()').catch(() => undefined);
    lost.destroy();
    await waiting;
    expect([outcomes, permits.issued, permits.inFlight]).toEqual([['failure killed', 'success'], 2, 0]);
    await pool.end();
  });

  it('counts a server that refuses connections', async () => {
    const { breaker, outcomes } = watchBreaker();
    const pool = promised.createPool({ host: '127.0.0.1', port: await freePort(), user: 'root' });
    protectMysqlPool(pool as never, { breaker });
    await pool.query('select 1').catch(() => undefined);
    expect(outcomes).toEqual(['failure ECONNREFUSED']);
    await pool.end();
  });
});

it.each([
  [
    'the connection is lost',
    { code: 'PROTOCOL_CONNECTION_LOST' },
    { outcome: 'failure', kind: 'PROTOCOL_CONNECTION_LOST' },
  ],
  ['too many connections', { code: 'ER_CON_COUNT_ERROR' }, { outcome: 'failure', kind: 'ER_CON_COUNT_ERROR' }],
  ['a time limit of the client', { code: 'PROTOCOL_SEQUENCE_TIMEOUT' }, { outcome: 'failure', kind: 'timeout' }],
  ['a duplicate key', { code: 'ER_DUP_ENTRY' }, { outcome: 'success' }],
  ['a deadlock', { code: 'ER_LOCK_DEADLOCK' }, { outcome: 'ignored', kind: 'ER_LOCK_DEADLOCK' }],
  ['a full queue of the pool', { message: 'Queue limit reached.' }, { outcome: 'ignored', kind: 'pool' }],
])('%s is classified', (_what, fields, ruling) => {
  expect(classifyMysqlError({ error: Object.assign(new Error('x'), fields) })).toEqual(ruling);
});
