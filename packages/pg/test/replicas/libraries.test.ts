import { readReplicas } from '@prisma/extension-read-replicas';
import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, pgTable, withReplicas } from 'drizzle-orm/pg-core';
import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { protectReplicas } from '../../src/replicas/index.ts';
import { type PrismaClient, prismaClient } from '../setup/prisma-client.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster(1);
  await cluster.ask(cluster.primary, 'create table notes (n int primary key); insert into notes values (0)');
  await cluster.followed();
});
afterAll(() => cluster?.stop());

function protect() {
  const [primary, ...replicas] = cluster.pools();
  const { read, write, balancer, breaker } = protectReplicas({ name: 'notes', primary, replicas });
  return { read, write, calls: () => [balancer.service.metrics().calls, breaker.metrics().calls] };
}

describe('a library with a place for replicas reads there and writes at the primary', () => {
  it('drizzle', async () => {
    const { read, write, calls } = protect();
    const notes = pgTable('notes', { n: integer() });
    const database = withReplicas(drizzle(write), [drizzle(read)]);
    await database.insert(notes).values({ n: 1 });
    expect(await database.select().from(notes)).toContainEqual({ n: 0 });
    await database.transaction((transaction) => transaction.insert(notes).values({ n: 2 }));
    expect(calls()).toEqual([1, 2]);
  });

  it('kysely, with a dialect for each', async () => {
    const { read, write, calls } = protect();
    // It asks a pool for a client for each query.
    const client = { query: read.query, release() {} };
    const pool = { options: read.options, connect: async () => client as never, end: read.end };
    const reading = new Kysely<{ notes: { n: number } }>({ dialect: new PostgresDialect({ pool }) });
    const writing = new Kysely<{ notes: { n: number } }>({ dialect: new PostgresDialect({ pool: write }) });
    await writing.insertInto('notes').values({ n: 3 }).execute();
    expect(await reading.selectFrom('notes').selectAll().execute()).toContainEqual({ n: 0 });
    expect(calls()).toEqual([1, 1]);
  });

  it('prisma', async () => {
    const { read, write, calls } = protect();
    const [primary, replica] = [prismaClient(write, 'notes'), prismaClient(read, 'notes')];
    const extended = primary.$extends(readReplicas({ replicas: [replica as never] })) as PrismaClient;
    onTestFinished(() => extended.$disconnect());
    await extended.row.create({ data: { n: 4 } });
    expect(await extended.row.findMany()).toContainEqual({ n: 0 });
    expect(calls()).toEqual([1, 1]);
  });
});
