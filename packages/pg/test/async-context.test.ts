import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import type pg from 'pg';
import Cursor from 'pg-cursor';
import { describe, expect, it } from 'vitest';
import { protectPool } from '../src/index.ts';
import { benchCircuit } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';
import { called } from './setup/called.ts';
import { type Version, versions } from './setup/versions.ts';

const caller = new AsyncLocalStorage<string>();

/** Makes a call and tells in whose context it was answered. */
type Form = (pool: pg.Pool, version: Version) => Promise<unknown>;

const answeredIn = () => caller.getStore();

const forms: readonly (readonly [form: string, ask: Form])[] = [
  ['await pool.query', (pool) => pool.query('select 1').then(answeredIn)],
  ['await a pool.query that fails', (pool) => pool.query('selec').catch(answeredIn)],
  ['pool.query, callback', (pool) => new Promise((resolve) => pool.query('select 1', () => resolve(answeredIn())))],
  [
    'pool.query, values, callback',
    (pool) => new Promise((resolve) => pool.query('select $1', [1], () => resolve(answeredIn()))),
  ],
  [
    'pool.query whose connection dies, callback',
    (pool) =>
      new Promise((resolve) =>
        pool.query('select pg_terminate_backend(pg_backend_pid())', () => resolve(answeredIn())),
      ),
  ],
  [
    'await pool.connect',
    async (pool) => {
      const client = await pool.connect();
      const seen = answeredIn();
      client.release();
      return seen;
    },
  ],
  [
    'pool.connect, callback',
    (pool) =>
      new Promise((resolve) =>
        pool.connect((_error, _client, done) => {
          resolve(answeredIn());
          done();
        }),
      ),
  ],
  [
    'client.query, callback',
    async (pool) => {
      const client = await pool.connect();
      const seen = await new Promise((resolve) => client.query('select 1', () => resolve(answeredIn())));
      client.release();
      return seen;
    },
  ],
  [
    'client.query, a callback in the configuration',
    async (pool) => {
      const client = await pool.connect();
      const seen = await new Promise((resolve) =>
        client.query({ text: 'select 1', callback: () => resolve(answeredIn()) } as never),
      );
      client.release();
      return seen;
    },
  ],
  [
    'client.query of a Query, callback',
    async (pool, { Query }) => {
      const client = await pool.connect();
      const seen = await new Promise((resolve) =>
        (client.query as (...args: unknown[]) => void)(new Query('select 1'), () => resolve(answeredIn())),
      );
      client.release();
      return seen;
    },
  ],
  [
    "a Query's end",
    async (pool, { Query }) => {
      const client = await pool.connect();
      const query = client.query(new Query('select 1'));
      const seen = await new Promise((resolve) => query.on('end', () => resolve(answeredIn())));
      client.release();
      return seen;
    },
  ],
  [
    "a cursor's rows",
    async (pool) => {
      const client = await pool.connect();
      const cursor = client.query(new Cursor('select 1'));
      const seen = await new Promise((resolve) => cursor.read(1, () => resolve(answeredIn())));
      await cursor.close();
      client.release();
      return seen;
    },
  ],
];

describe.each(versions)('%s', (_name, version) => {
  function bench() {
    const circuit = benchCircuit();
    const pool = benchPool({ max: 1 }, version);
    pool.on('connect', (client) => client.on('error', () => undefined));
    protectPool(pool, { breaker: circuit.breaker });
    return { pool, ...circuit };
  }

  it.each(forms)(
    'a caller is answered in its own context, on a connection that another caller opened: %s',
    async (_, ask) => {
      const { pool } = bench();
      await caller.run('whoever came first', () => pool.query('select 1'));
      expect(await caller.run('mine', () => ask(pool, version))).toBe('mine');
    },
  );

  it.each(forms)('a caller that waited for a client is answered in its own context: %s', async (_, ask) => {
    const { pool } = bench();
    const holder = await caller.run('the holder', () => pool.connect());
    const answers = ['first', 'second'].map((name) => caller.run(name, () => ask(pool, version)));
    caller.run('the holder', () => holder.release());
    expect(await Promise.all(answers)).toEqual(['first', 'second']);
  });

  it('a caller that waited makes its query in its own context, where tracing sees it', async () => {
    const { pool } = bench();
    const seen: unknown[] = [];
    pool.on('connect', (client) => {
      const query = client.query as (...args: unknown[]) => unknown;
      Object.assign(client, {
        query(...args: unknown[]) {
          seen.push(answeredIn());
          return query.apply(client, args);
        },
      });
    });
    const holder = await pool.connect();
    const answers = ['first', 'second'].map((name) => caller.run(name, () => pool.query('select 1')));
    caller.run('the holder', () => holder.release());
    await Promise.all(answers);
    expect(seen).toEqual(['first', 'second']);
  });

  it('a caller is refused in its own context', async () => {
    const { pool, breaker } = bench();
    breaker.trip();
    const refused = caller.run('mine', () => called((done) => pool.connect(() => done(answeredIn()))));
    expect(await refused).toEqual(['mine']);
    expect(await caller.run('mine', () => pool.query('select 1').catch(answeredIn))).toBe('mine');
  });

  it('`breaker` and `classify` are called in the context of the caller', async () => {
    const { breaker } = benchCircuit();
    const pool = benchPool({ max: 1 }, version);
    const seen: unknown[] = [];
    const hear = () => void seen.push(answeredIn());
    protectPool(pool, {
      breaker: () => {
        hear();
        return breaker;
      },
      classify: () => {
        hear();
        return undefined;
      },
    });
    const holder = await caller.run('the holder', () => pool.connect());
    const answer = caller.run('mine', () => pool.query('select 1'));
    caller.run('the holder', () => holder.release());
    await answer;
    const client = await caller.run('mine', () => pool.connect());
    caller.run('mine', () => client.query('select 1', () => client.release()));
    await once(pool, 'release');
    expect(seen).toEqual(['the holder', 'mine', 'mine', 'mine', 'mine']);
  });
});
