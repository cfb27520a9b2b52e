import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { isCircuitOpen, protectPool } from '../src/index.ts';
import { type BenchCircuit, benchCircuit } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';
import { versions } from './setup/versions.ts';

/** The store of each caller is named after it. */
const store = new AsyncLocalStorage<string>();
const CALLERS = ['ann', 'bob', 'cid', 'dot'];

/** In whose store each caller found itself, by the places it came to. */
type Found = Record<string, Record<string, string | undefined>>;

type Here = (place: string) => void;
type Form = (pool: pg.Pool, sql: string, here: Here) => Promise<unknown>;

/** Callers that continue from promises; callbacks have a table of their own. */
const FORMS: Readonly<Record<string, Form>> = {
  'pool.query': (pool, sql) => pool.query(sql),
  'pool.connect and client.query': async (pool, sql, here) => {
    const client = await pool.connect();
    here('connected');
    try {
      return await client.query(sql);
    } finally {
      here('queried');
      client.release();
    }
  },
  'a transaction': async (pool, sql, here) => {
    const client = await pool.connect();
    here('connected');
    try {
      await client.query('begin');
      here('begun');
      await client.query(sql);
      here('queried');
      return await client.query('commit');
    } catch (error) {
      here('rolling back');
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release(true);
    }
  },
};

/** What callers ask, and how that ends. */
const STATEMENTS = {
  answered: 'select pg_sleep(0.01)',
  refusedByTheDatabase: 'select pg_sleep(0.01), 1 / 0',
  brokenOff: 'select pg_terminate_backend(pg_backend_pid())',
};

interface Situation {
  readonly before?: (circuit: BenchCircuit) => void;
  readonly sql: string;

  /** What becomes of the four callers, sorted. */
  readonly ends: readonly string[];
}

const four = (end: string): readonly string[] => Array(4).fill(end);
const one = (end: string): readonly string[] => [end, ...Array(3).fill('refused')];

const SITUATIONS: readonly (readonly [situation: string, Situation])[] = [
  ['closed, and the database answers', { sql: STATEMENTS.answered, ends: four('answered') }],
  ['closed, and statements are wrong', { sql: STATEMENTS.refusedByTheDatabase, ends: four('failed') }],
  ['closed, and connections break', { sql: STATEMENTS.brokenOff, ends: four('failed') }],
  ['open', { before: ({ breaker }) => breaker.trip(), sql: STATEMENTS.answered, ends: four('refused') }],
  [
    'half-open, and the probe succeeds',
    { before: (circuit) => circuit.halfOpen(), sql: STATEMENTS.answered, ends: one('answered') },
  ],
  [
    'half-open, and the probe fails',
    { before: (circuit) => circuit.halfOpen(), sql: STATEMENTS.brokenOff, ends: one('failed') },
  ],
  [
    'isolated',
    { before: ({ breaker }) => breaker.setMode('isolated'), sql: STATEMENTS.answered, ends: four('refused') },
  ],
  [
    'disabled',
    { before: ({ breaker }) => breaker.setMode('disabled'), sql: STATEMENTS.brokenOff, ends: four('failed') },
  ],
];

/** Four callers at once, each from its own store. */
async function together(pool: pg.Pool, form: Form, sql: string): Promise<Found> {
  const found: Found = {};
  await Promise.all(
    CALLERS.map((name) => {
      const places: Record<string, string | undefined> = {};
      found[name] = places;
      const here: Here = (place) => {
        places[place] = store.getStore();
      };
      return store.run(name, async () => {
        const asked = form(pool, sql, here);
        here('asked');
        await asked.then(
          () => here('answered'),
          (error: unknown) => here(isCircuitOpen(error) ? 'refused' : 'failed'),
        );
        here('after');
      });
    }),
  );
  return found;
}

describe.each(versions)('%s', (_name, version) => {
  describe.each(Object.keys(FORMS))("%s: a caller's continuation sees its own AsyncLocalStorage store", (form) => {
    describe.each([1, 4])('with %i connections for four callers', (max) => {
      it.each(SITUATIONS)('while the circuit is %s', async (_situation, { before, sql, ends }) => {
        const circuit = benchCircuit();
        const pool = benchPool({ max }, version);
        pool.on('connect', (client) => client.on('error', () => undefined));
        protectPool(pool, { breaker: circuit.breaker });
        await store.run('whoever came first', () => pool.query('select 1'));
        before?.(circuit);
        const found = await together(pool, FORMS[form] as Form, sql);
        for (const [name, places] of Object.entries(found)) {
          expect(places).toEqual(Object.fromEntries(Object.keys(places).map((place) => [place, name])));
        }
        const came = Object.values(found).flatMap((places) =>
          Object.keys(places).filter((place) => /^(answered|failed|refused)$/.test(place)),
        );
        expect(came.sort()).toEqual(ends);
      });
    });
  });
});
