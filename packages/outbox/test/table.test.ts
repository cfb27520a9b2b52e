import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { createOutbox, inTransaction, tableOf } from '../src/index.ts';
import { type Opened, openOutbox } from './setup/open-outbox.ts';

const unique = (): string => randomUUID().replaceAll('-', '').slice(0, 20);
const letters = (length: number): string => `t${unique()}`.padEnd(length, 'x');
const deliver = async (): Promise<void> => undefined;

function openPool(): Pool {
  const pool = new Pool({ connectionString: inject('url') });
  pool.on('error', () => undefined);
  onTestFinished(() => pool.end());
  return pool;
}

/** The indexes of a table beside that of its key. */
const INDEXES = `select indexdef from pg_indexes where schemaname || '.' || tablename = $1 and indexdef not like '%UNIQUE%'`;

describe('a table', () => {
  it.each<[what: string, table: string]>([
    ['in small letters', `small_${unique()}`],
    ['with capitals', `Orders_${unique()}`],
    ['all in capitals', `OUTBOX_${unique()}`.toUpperCase()],
    ['that is an SQL keyword', 'select'],
    ['that begins with a digit', `1${unique()}`],
    ['of 60 letters', letters(60)],
    ['of 63 letters', letters(63)],
    ['of 63 letters in a schema of 63', `${letters(63)}.${letters(63)}`],
    ['with capitals in a schema with capitals', `Shop_${unique()}.Outbox_${unique()}`],
    ['in a schema that is an SQL keyword', `user.order_${unique()}`],
  ])('%s is made with its index, and new messages in it are announced', async (_what, table) => {
    const pool = openPool();
    const name = table.toLowerCase();
    const [schema, own] = name.includes('.') ? name.split('.') : ['public', name];
    await pool.query(`create schema if not exists "${schema}"`);
    const delivered: string[] = [];
    const options = { queue: 'payments', table, poll: 600_000 };
    const outbox = createOutbox<string>(pool, { ...options, deliver: async ({ key }) => void delivered.push(key) });
    await outbox.createTable();
    await outbox.createTable();
    const { rows } = await pool.query(INDEXES, [`${schema}.${own}`]);
    expect(rows).toEqual([{ indexdef: expect.stringContaining('(queue, not_before)') }]);
    const stop = new AbortController();
    const drained = outbox.drain(stop.signal);
    for (const key of ['A-1', 'A-2', 'A-3']) {
      await createOutbox<string>(pool, { ...options, deliver }).add('', { key });
      await expect.poll(() => delivered.at(-1)).toBe(key);
    }
    stop.abort();
    await drained;
    await pool.query(`drop table "${schema}"."${own}"`);
  });

  it.each([letters(64), `${letters(64)}.outbox`, `public.${letters(64)}`])(
    'whose name PostgreSQL would cut off is refused: %s',
    (table) => {
      const message = 'table must be a name of at most 63 letters, or schema.name';
      expect(() => createOutbox(new Pool(), { queue: 'q', deliver, table })).toThrow(message);
      expect(() => tableOf(table)).toThrow(message);
    },
  );

  it.each(['', 'a b', 'a"b', 'a;drop', 'a.b.c', '.a', 'a.', 'tabelle_ä', 'a\n', 5])('named %j is refused', (table) => {
    expect(() => createOutbox(new Pool(), { queue: 'q', deliver, table: table as string })).toThrow(/table must be/);
    expect(() => tableOf(table as string)).toThrow(/table must be/);
  });

  it.each(['createTable', 'tableOf'])('is made by all of twelve processes that start together: %s', async (how) => {
    const pools = Array.from({ length: 12 }, () => openPool());
    await Promise.all(pools.map((pool) => pool.query('select 1')));
    for (let time = 0; time < 5; time++) {
      const table = `outbox_${unique()}`;
      const make = (pool: Pool): Promise<unknown> =>
        how === 'tableOf'
          ? pool.query(tableOf(table))
          : createOutbox(pool, { queue: 'q', deliver, table }).createTable();
      await Promise.all(pools.map(make));
      await pools[0]?.query(`drop table ${table}`);
    }
  });

  it('that is there is not waited for, whatever transaction writes to it', async () => {
    const { pool, table, outbox } = await openOutbox();
    const client = await pool.connect();
    await client.query('begin');
    await client.query(`lock table ${table} in row exclusive mode`);
    await outbox.createTable();
    await client.query('rollback');
    client.release();
  });
});

describe('a lease', () => {
  it('is counted from the claim, not from the beginning of its transaction', async () => {
    const { pool, table, outbox } = await openOutbox({ lease: 1_000 });
    const client = await pool.connect();
    await client.query('begin');
    await client.query('select pg_sleep(1.2)');
    await outbox.add({ order: 'A-1' }, { claim: true, client });
    const { rows } = await client.query(`select not_before >= now() + interval '2.2 seconds' as held from ${table}`);
    expect(rows).toEqual([{ held: true }]);
    await client.query('commit');
    client.release();
  });

  it('that ran out before its transaction was committed is renewed before the attempt', async () => {
    let lease: unknown;
    const opened: Opened = await openOutbox({
      lease: 200,
      // Renewed means: longer than what the claim had given it.
      deliver: async () => {
        const waits = 'not_before > added_at + interval \'0.6 s\' as "isRenewed"';
        lease = (await opened.pool.query(`select ${waits} from ${opened.table}`)).rows[0];
      },
    });
    const { pool, outbox } = opened;
    const message = await inTransaction(pool, async (client) => {
      const claimed = await outbox.add({ order: 'A-1' }, { claim: true, client });
      await client.query('select pg_sleep(0.4)');
      return claimed;
    });
    expect(await outbox.attempt(message!)).toEqual({ delivered: true });
    expect(lease).toEqual({ isRenewed: true });
  });

  it('that ran out and is another attempt’s now is left to that', async () => {
    const { pool, table, outbox, delivered } = await openOutbox({ lease: 100 });
    const message = await outbox.add({ order: 'A-1' }, { claim: true });
    await pool.query(`select pg_sleep(0.2)`);
    await pool.query(`update ${table} set attempts = 2`);
    expect(await outbox.attempt(message!)).toMatchObject({ delivered: false, isPoison: false });
    expect(delivered).toEqual([]);
  });
});
