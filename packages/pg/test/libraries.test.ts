import { PrismaPg } from '@prisma/adapter-pg';
import { sql as drizzleSql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import knex from 'knex';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type pg from 'pg';
import Cursor from 'pg-cursor';
import pgPromise from 'pg-promise';
import { Sequelize } from 'sequelize';
import { DataSource } from 'typeorm';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { classifyPgError, findCircuitOpen, isCircuitOpen, protectPool } from '../src/index.ts';
import { benchCircuit } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';
import { prismaClient } from './setup/prisma-client.ts';

const TRANSACTIONS = 16;

/** One transaction: insert a row; then fail if the number is odd. */
type Transact = (n: number) => Promise<unknown>;

class Odd extends Error {}

function refuseOdd(n: number): void {
  if (n % 2 === 1) throw new Odd();
}

interface Database {
  readonly [table: string]: { readonly n: number };
}

const libraries: readonly (readonly [name: string, open: (pool: pg.Pool, table: string) => Promise<Transact>])[] = [
  [
    'drizzle',
    async (pool, table) => {
      const database = drizzle(pool);
      return (n) =>
        database.transaction(async (transaction) => {
          await transaction.execute(drizzleSql.raw(`insert into ${table} values (${n})`));
          refuseOdd(n);
          await transaction.execute(drizzleSql.raw(`update ${table} set n = n where n = ${n}`));
        });
    },
  ],
  [
    'kysely',
    async (pool, table) => {
      const database = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
      return (n) =>
        database.transaction().execute(async (transaction) => {
          await transaction.insertInto(table).values({ n }).execute();
          refuseOdd(n);
          await sql`update ${sql.table(table)} set n = n where n = ${n}`.execute(transaction);
        });
    },
  ],
  [
    'knex',
    async (pool, table) => {
      const database = knex({ client: 'pg', connectionPool: pool });
      return (n) =>
        database.transaction(async (transaction) => {
          await transaction(table).insert({ n });
          refuseOdd(n);
          await transaction(table).where({ n }).update({ n });
        });
    },
  ],
  [
    'prisma',
    async (pool, table) => {
      const client = prismaClient(pool, table);
      onTestFinished(() => client.$disconnect());
      return (n) =>
        client.$transaction(async (transaction) => {
          await transaction.row.create({ data: { n } });
          refuseOdd(n);
          await transaction.row.updateMany({ where: { n }, data: { n } });
        });
    },
  ],
  [
    "prisma's adapter alone",
    async (pool, table) => {
      const adapter = await new PrismaPg(pool).connect();
      const statement = (text: string) => ({ sql: text, args: [], argTypes: [] });
      return async (n) => {
        const transaction = await adapter.startTransaction();
        try {
          await transaction.executeRaw(statement(`insert into ${table} values (${n})`));
          refuseOdd(n);
        } catch (error) {
          await transaction.executeRaw(statement('rollback'));
          await transaction.rollback();
          throw error;
        }
        await transaction.executeRaw(statement('commit'));
        await transaction.commit();
      };
    },
  ],
];

/** A protected pool with a table of its own. */
async function bench(name: string) {
  const circuit = benchCircuit();
  const pool = benchPool();
  await pool.query(`drop table if exists ${name}`);
  await pool.query(`create table ${name} (n int)`);
  protectPool(pool, { breaker: circuit.breaker });
  return { pool, table: name, ...circuit };
}

describe.each(libraries)('%s', (name, open) => {
  it('keeps its transactions whole: of 16 at once the odd ones fail, and exactly the even rows stay', async () => {
    const { pool, table, permits, outcomes } = await bench(`rows_of_${name.replace(/\W/g, '_')}`);
    const transact = await open(pool, table);
    const numbers = Array.from({ length: TRANSACTIONS }, (_, n) => n);
    const endings = await Promise.allSettled(numbers.map(transact));
    expect(endings.map((ending) => ending.status === 'fulfilled')).toEqual(numbers.map((n) => n % 2 === 0));
    for (const ending of endings) if (ending.status === 'rejected') expect(ending.reason).toBeInstanceOf(Odd);
    const { rows } = await pool.query(`select n from ${table} order by n`);
    expect(rows.map(({ n }) => n)).toEqual(numbers.filter((n) => n % 2 === 0));
    expect(permits).toMatchObject({ issued: TRANSACTIONS + 1, inFlight: 0, settledTwice: 0, recorded: 0 });
    expect(outcomes).toEqual(Array.from({ length: TRANSACTIONS + 1 }, () => 'success'));
  });

  it('passes a refusal on, and begins nothing', async () => {
    const { pool, table, breaker } = await bench(`refusals_of_${name.replace(/\W/g, '_')}`);
    const transact = await open(pool, table);
    breaker.trip();
    await expect(transact(0)).rejects.toThrow(/Circuit "database" is open|EOPENBREAKER/);
    expect(pool.totalCount - pool.idleCount).toBe(0);
  });
});

describe('how callers recognise a refusal', () => {
  it('drizzle puts it behind an error of its own', async () => {
    const { pool, breaker } = await bench('told_by_drizzle');
    breaker.trip();
    const error = await drizzle(pool)
      .execute('select 1')
      .catch((reason: unknown) => reason);
    expect([(error as Error).name, findCircuitOpen(error)?.breaker]).not.toContain(undefined);
    expect(error).not.toBe(findCircuitOpen(error));
  });

  it('prisma passes on the refusal of a transaction, and keeps only the code of a refused query', async () => {
    const { pool, table, breaker } = await bench('told_by_prisma');
    const client = prismaClient(pool, table);
    onTestFinished(() => client.$disconnect());
    breaker.trip();
    const ofTransaction = client.$transaction(async () => undefined);
    await expect(ofTransaction).rejects.toSatisfy(isCircuitOpen);
    const error = await client.row.create({ data: { n: 0 } }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'EOPENBREAKER' });
    expect(isCircuitOpen(error)).toBe(false);
  });
});

describe('pg-promise', () => {
  it('makes its own pool, which is protected in place', async () => {
    const { breaker, outcomes, permits } = benchCircuit();
    const library = pgPromise();
    const database = library(inject('url'));
    const protection = protectPool(database.$pool, { breaker });
    const sum = await database.tx(async (task) => {
      const { n } = await task.one<{ n: number }>('select 1 as n');
      return n + (await task.one<{ n: number }>('select 2 as n')).n;
    });
    expect([sum, outcomes]).toEqual([3, ['success']]);
    breaker.trip();
    await expect(database.one('select 1')).rejects.toMatchObject({ code: 'EOPENBREAKER' });
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
    protection.eject();
    expect(await database.one('select 1 as n')).toEqual({ n: 1 });
    await database.$pool.end();
  });
});

describe('kysely', () => {
  it('streams through a cursor', async () => {
    const { pool, outcomes } = await bench('stream_of_kysely');
    const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool, cursor: Cursor }) });
    const seen: number[] = [];
    const query = kysely.selectNoFrom(sql<number>`generate_series(1, 3)`.as('n'));
    for await (const { n } of query.stream(1)) seen.push(n);
    expect([seen, outcomes]).toEqual([[1, 2, 3], ['success']]);
  });
});

describe('TypeORM', () => {
  it('makes its own pool, which is protected in place', async () => {
    const { breaker, outcomes, permits } = benchCircuit();
    const source = await new DataSource({ type: 'postgres', url: inject('url') }).initialize();
    onTestFinished(() => source.destroy());
    const { master } = source.driver as unknown as { master: pg.Pool };
    const protection = protectPool(master, { breaker });
    const sum = await source.transaction(async (manager) => {
      const [{ n }] = await manager.query('select 1 as n');
      return n + (await manager.query('select 2 as n'))[0].n;
    });
    const error = await source.query('select * from nowhere').catch((reason: unknown) => reason);
    expect(classifyPgError(error)).toEqual({ outcome: 'success', kind: '42P01' });
    expect([sum, outcomes]).toEqual([3, ['success', 'success 42P01']]);
    breaker.trip();
    await expect(source.query('select 1')).rejects.toSatisfy(isCircuitOpen);
    await expect(source.transaction(async () => undefined)).rejects.toSatisfy(isCircuitOpen);
    expect(permits).toMatchObject({ issued: 2, inFlight: 0 });
    protection.eject();
    expect(await source.query('select 1 as n')).toEqual([{ n: 1 }]);
  });
});

describe('Sequelize', () => {
  it('has no pool of pg’s; a breaker around its calls uses the same table', async () => {
    const { breaker, outcomes } = benchCircuit({
      classify: (ending) => ('error' in ending ? classifyPgError(ending.error) : undefined),
    });
    const sequelize = new Sequelize(inject('url'), { logging: false });
    onTestFinished(() => sequelize.close());
    const ask = (text: string) => breaker.run(() => sequelize.query(text));
    await ask('create table if not exists told_by_sequelize (n int unique)');
    await ask('insert into told_by_sequelize values (1) on conflict do nothing');
    await expect(ask('insert into told_by_sequelize values (1)')).rejects.toThrow();
    await expect(ask('select * from nowhere')).rejects.toThrow();
    await expect(ask('select pg_cancel_backend(pg_backend_pid())')).rejects.toThrow();
    await expect(ask('select pg_terminate_backend(pg_backend_pid())')).rejects.toThrow();
    expect(outcomes).toEqual([
      'success',
      'success',
      'success 23505',
      'success 42P01',
      'ignored 57014',
      expect.stringMatching(/^failure (57P01|connection)$/),
    ]);
    const nowhere = new Sequelize(inject('url').replace(/:\d+\//, ':1/'), { logging: false });
    const refused = await breaker.run(() => nowhere.query('select 1')).catch((reason: unknown) => reason);
    expect(classifyPgError(refused)).toEqual({ outcome: 'failure', kind: 'ECONNREFUSED' });
  });
});
