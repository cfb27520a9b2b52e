import { type FaultProxy, faultProxy } from '@switchgear/testkit';
import type { Postgres } from '@switchgear/testkit/postgres';
import { startPostgres } from '@switchgear/testkit/postgres';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { isCircuitOpen, protectPool } from '../src/index.ts';
import { benchCircuit, OPEN_FOR } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';

/** How long pools wait for a connection and for an answer where nothing will come, in milliseconds. */
const IMPATIENT = { connectionTimeoutMillis: 200, query_timeout: 200 };

/** The same where something will: more than a busy machine needs. */
const PATIENT = { connectionTimeoutMillis: 10_000, query_timeout: 10_000 };

/** A query whose answer will not come, on a client that was connected patiently. */
const impatiently = (text: string) => ({ text, query_timeout: IMPATIENT.query_timeout }) as pg.QueryConfig;

/** The errors of a client whose server has gone, depending on how far it was. */
const GONE = /terminated unexpectedly|terminating connection|ECONNRESET|ECONNREFUSED/;

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres({ settings: { max_connections: 6, superuser_reserved_connections: 0 } });
});
afterAll(() => postgres.stop());

function bench({ port }: { readonly port: number } = postgres, config: pg.PoolConfig = {}) {
  const circuit = benchCircuit();
  const pool = benchPool({
    connectionString: `postgres://postgres@127.0.0.1:${port}/postgres`,
    ...PATIENT,
    ...config,
  });
  pool.on('connect', (client) => client.on('error', () => undefined));
  protectPool(pool, { breaker: circuit.breaker });
  return { pool, ...circuit };
}

type Bench = ReturnType<typeof bench>;

/** Fails twice with these words, which opens the circuit; the third call is refused and makes no connection. */
async function opensWith({ pool, breaker }: Bench, words: string | RegExp): Promise<void> {
  for (let call = 0; call < 2; call += 1) await expect(pool.query('select 1')).rejects.toThrow(words);
  expect(breaker.state).toBe('open');
  const connected = vi.fn();
  pool.on('connect', connected);
  await expect(pool.query('select 1')).rejects.toSatisfy(isCircuitOpen);
  expect(connected).not.toHaveBeenCalled();
}

/** Once the circuit is due a single call closes it. Nothing is left hanging or held. */
async function closes({ pool, breaker, clock, permits, moves }: Bench): Promise<void> {
  Object.assign(pool.options, PATIENT);
  clock.advance(OPEN_FOR);
  expect((await pool.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  expect(breaker.state).toBe('closed');
  expect(moves).toEqual(['open', 'half-open', 'closed']);
  expect(permits).toMatchObject({ inFlight: 0, settledTwice: 0 });
  expect([pool.waitingCount, pool.totalCount - pool.idleCount]).toEqual([0, 0]);
}

describe('a server', () => {
  afterEach(() => postgres.restart());

  it('that is killed during queries opens the circuit, and closes it when it is back', async () => {
    const all = bench();
    const asleep = endingOf(all.pool.query({ text: 'select pg_sleep(60)', query_timeout: 60_000 } as pg.QueryConfig));
    await sleeping(all.pool);
    await postgres.kill();
    expect(await asleep).toMatchObject({ message: expect.stringMatching(GONE) });
    await expect(all.pool.query('select 1')).rejects.toThrow(GONE);
    expect(all.breaker.state).toBe('open');
    await postgres.restart();
    await closes(all);
  });

  it('that is shut down during queries does so, too', async () => {
    const all = bench();
    const asleep = endingOf(all.pool.query({ text: 'select pg_sleep(60)', query_timeout: 60_000 } as pg.QueryConfig));
    await sleeping(all.pool);
    await postgres.shutDown();
    expect(await asleep).toMatchObject({ code: '57P01' });
    await expect(all.pool.query('select 1')).rejects.toThrow(GONE);
    expect(all.breaker.state).toBe('open');
    await postgres.restart();
    await closes(all);
  });

  it('that is stopped is not noticed at checkout of an idle client, but by the query that times out', async () => {
    const all = bench();
    await all.pool.query('select 1');
    all.halfOpen();
    await postgres.pause();
    const client = await all.pool.connect();
    expect(all.breaker.state).toBe('half-open');
    await expect(client.query(impatiently('select 1'))).rejects.toThrow('Query read timeout');
    client.release(true);
    expect(all.breaker.state).toBe('open');
    all.clock.advance(OPEN_FOR);
    Object.assign(all.pool.options, IMPATIENT);
    await expect(all.pool.query('select 1')).rejects.toThrow('Connection terminated due to connection timeout');
    expect(all.breaker.state).toBe('open');
    await postgres.resume();
    all.clock.advance(OPEN_FOR);
    Object.assign(all.pool.options, PATIENT);
    await all.pool.query('select 1');
    expect(all.moves).toEqual(['open', 'half-open', 'open', 'half-open', 'open', 'half-open', 'closed']);
    expect(all.permits).toMatchObject({ inFlight: 0, settledTwice: 0 });
  });

  it('that has no connections left opens the circuit', async () => {
    const others = benchPool({ connectionString: postgres.url, max: 6 });
    const held = await Promise.all(Array.from({ length: 6 }, () => others.connect()));
    const all = bench();
    await opensWith(all, 'too many clients already');
    for (const client of held) client.release(true);
    await vi.waitFor(() => expect(others.totalCount).toBe(0));
    await closes(all);
  });
});

describe('a way to the server', () => {
  let proxy: FaultProxy;

  async function through(config: pg.PoolConfig = {}): Promise<Bench> {
    proxy = await faultProxy({ port: postgres.port });
    onTestFinished(() => proxy.close());
    return bench(proxy, config);
  }

  it.each([
    ['is closed', 'refuse', 'ECONNREFUSED'],
    ['swallows everything', 'black-hole', 'Connection terminated due to connection timeout'],
    ['is closed once open', 'close', 'Connection terminated unexpectedly'],
    ['is reset', 'reset', 'ECONNRESET'],
  ] as const)('that %s opens the circuit', async (_way, fault, words) => {
    const all = await through(fault === 'black-hole' ? IMPATIENT : {});
    await proxy.become(fault);
    await opensWith(all, words);
    await proxy.become('pass');
    await closes(all);
  });

  it('that breaks in the middle of an answer opens the circuit', async () => {
    const all = await through();
    await all.pool.query('select 1');
    await proxy.become({ cut: 10 });
    await opensWith(all, GONE);
    await proxy.become('pass');
    await closes(all);
  });

  it('that drops all packets fails the calls that have a client; those that wait for one are ignored', async () => {
    const all = await through({ max: 2 });
    await Promise.all([all.pool.query('select 1'), all.pool.query('select 1')]);
    // Those who wait give up before those who hold a client.
    all.pool.options.connectionTimeoutMillis = IMPATIENT.query_timeout / 2;
    await proxy.become('black-hole');
    const endings = await Promise.allSettled([1, 2, 3, 4].map(() => all.pool.query(impatiently('select 1'))));
    const words = endings.map((ending) => (ending.status === 'rejected' ? String(ending.reason.message) : 'none'));
    expect(words.sort()).toEqual([
      'Query read timeout',
      'Query read timeout',
      'timeout exceeded when trying to connect',
      'timeout exceeded when trying to connect',
    ]);
    expect([...all.outcomes.slice(2)].sort()).toEqual([
      'failure timeout',
      'failure timeout',
      'ignored pool_exhausted',
      'ignored pool_exhausted',
    ]);
    expect(all.breaker.state).toBe('open');
  });
});

/** How a call ends, observed from the start because it may end before the test awaits it. */
function endingOf(call: Promise<unknown>): Promise<unknown> {
  return call.catch((error: unknown) => error);
}

/** Waits until the server executes a sleep. */
async function sleeping(pool: pg.Pool): Promise<void> {
  const sleepers = "select count(*)::int as n from pg_stat_activity where wait_event = 'PgSleep'";
  await vi.waitFor(async () => expect((await pool.query(sleepers)).rows).toEqual([{ n: 1 }]), { timeout: 5_000 });
}
