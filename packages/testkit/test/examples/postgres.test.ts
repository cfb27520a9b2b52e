import type { Breaker } from '@switchgear/core';
import { isCircuitOpen } from '@switchgear/core';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classifyPostgresError, protectSql } from '../../examples/postgres.ts';
import { type Postgres, startPostgres } from '../../servers/postgres/index.ts';
import { type AdapterUnderTest, describeAdapter, freePort, watchBreaker } from '../../src/index.ts';

let server: Postgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

function connect(options: postgres.Options<Record<string, postgres.PostgresType>> = {}) {
  return postgres(server.url, { max: 4, backoff: false, onnotice: () => undefined, ...options });
}

describeAdapter(
  'postgres.js',
  (breaker: Breaker): AdapterUnderTest => {
    let reached = 0;
    let fault: Error | undefined;
    const serialize = () => {
      throw fault;
    };
    const throwing = { to: 25, from: [25], serialize, parse: String };
    const sql = connect({ fetch_types: false, types: { throwing }, debug: () => (reached += 1) });
    const { eject } = protectSql(sql, { breaker });
    return {
      succeed: async () => await sql`select 1`,
      fail: async () => await sql`select pg_terminate_backend(pg_backend_pid())`,
      sayNothing: async () => await sql`select pg_cancel_backend(pg_backend_pid())`,
      relay: async (error) => {
        fault = error;
        return await sql`select ${(sql as unknown as { types: { throwing(x: unknown): never } }).types.throwing('x')}`;
      },
      reached: () => reached,
      dispose: async () => {
        eject();
        // After a lost connection the client would wait for ever.
        await sql.end({ timeout: 0 });
      },
    };
  },
  { describe, it },
);

describe('postgres.js', () => {
  it.each([
    ['the server refuses', { code: 'ECONNREFUSED' }, { outcome: 'failure', kind: 'ECONNREFUSED' }],
    ['the connection is lost', { code: 'CONNECTION_CLOSED' }, { outcome: 'failure', kind: 'CONNECTION_CLOSED' }],
    ['connecting takes too long', { code: 'CONNECT_TIMEOUT' }, { outcome: 'failure', kind: 'timeout' }],
    ['the client was ended', { code: 'CONNECTION_ENDED' }, { outcome: 'ignored', kind: 'CONNECTION_ENDED' }],
    ['too many connections', { code: '53300', name: 'PostgresError' }, { outcome: 'failure', kind: '53300' }],
    ['a deadlock', { code: '40P01', name: 'PostgresError' }, { outcome: 'ignored', kind: '40P01' }],
    ['a duplicate key', { code: '23505', name: 'PostgresError' }, { outcome: 'success' }],
  ])('%s is classified', (_what, fields, ruling) => {
    expect(classifyPostgresError({ error: Object.assign(new Error('x'), fields) })).toEqual(ruling);
  });

  it('counts real answers and real refusals, and leaves other clients alone', async () => {
    const { breaker, outcomes } = watchBreaker();
    const [sql, other] = [connect(), connect()];
    const away = postgres({ host: '127.0.0.1', port: await freePort(), max: 1 });
    const protections = [sql, away].map((each) => protectSql(each, { breaker }));
    await sql`select 1`;
    await sql`select nonsense`.catch(() => undefined);
    await other`select 1`;
    await away`select 1`.catch(() => undefined);
    expect(outcomes).toEqual(['success', 'success', 'failure ECONNREFUSED']);
    for (const { eject } of protections.reverse()) eject();
    await Promise.all([sql.end(), other.end(), away.end()]);
  });

  it('lets a transaction that has begun end, and refuses to begin one', async () => {
    const { breaker, outcomes, permits } = watchBreaker();
    const sql = connect();
    const { eject } = protectSql(sql, { breaker });
    const answer = await sql.begin(async (transaction) => {
      breaker.trip();
      return await transaction`select 7 as seven`;
    });
    expect(answer).toEqual([{ seven: 7 }]);
    const refused = await sql.begin((transaction) => transaction`select 1`).catch((error: unknown) => error);
    expect(isCircuitOpen(refused)).toBe(true);
    expect([outcomes, permits.inFlight]).toEqual([['success'], 0]);
    eject();
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    await sql.end();
  });
});
