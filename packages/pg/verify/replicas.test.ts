import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres } from '@switchgear/testkit/postgres';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { protectReplicas } from '../src/replicas/index.ts';
import { type Cluster, startCluster } from '../test/replicas/cluster.ts';

/** Requests a second, of each kind. */
const READS = 200;
const TRANSACTIONS = 20;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster(2);
  await cluster.ask(cluster.primary, 'create table pairs (n int, half int)');
  await cluster.followed();
});
afterAll(() => cluster?.stop());

/** What became of the requests of a phase; `late` are those that began more than a second after its beginning. */
interface Phase {
  readonly phase: string;
  reads: number;
  lost: number;
  lostLate: number;
  slowestLate: number;
  committed: number;
  failed: number;
}

it('reads survive replicas that freeze and die, and no write leaves the primary', async () => {
  const [primary, ...replicas] = cluster.pools({ connectionTimeoutMillis: 1_000, query_timeout: 1_000, max: 20 });
  const { read, write, rows } = protectReplicas({ name: 'pairs', primary, replicas, maxLag: 10_000 });
  const [first, second] = cluster.standbys as [Postgres, Postgres];
  const phases: Phase[] = [];
  const open = new Set<Promise<void>>();
  let began = 0;
  let phase: Phase;
  let pairs = 0;

  function start(name: string): void {
    began = Date.now();
    phase = { phase: name, reads: 0, lost: 0, lostLate: 0, slowestLate: 0, committed: 0, failed: 0 };
    phases.push(phase);
  }

  async function readOnce(): Promise<void> {
    const [of, at] = [phase, Date.now()];
    const isLate = at - began > 1_000;
    of.reads++;
    await read.query('select count(*) from pairs').catch(() => {
      of.lost++;
      if (isLate) of.lostLate++;
    });
    if (isLate) of.slowestLate = Math.max(of.slowestLate, Date.now() - at);
  }

  async function writePair(): Promise<void> {
    const of = phase;
    const n = pairs++;
    let client: pg.PoolClient | undefined;
    try {
      client = await write.connect();
      await client.query('begin');
      for (const half of [1, 2]) await client.query('insert into pairs values ($1, $2)', [n, half]);
      await client.query('commit');
      of.committed++;
    } catch {
      await client?.query('rollback').catch(() => undefined);
      of.failed++;
    } finally {
      client?.release();
    }
  }

  const track = (request: Promise<void>) => {
    open.add(request);
    void request.finally(() => open.delete(request));
  };
  start('well');
  const reads = setInterval(() => track(readOnce()), 1_000 / READS);
  const writes = setInterval(() => track(writePair()), 1_000 / TRANSACTIONS);

  await delay(5_000);
  start('one frozen, one killed');
  await Promise.all([first.pause(), second.kill()]);
  await delay(10_000);
  start('both back');
  await Promise.all([first.resume(), second.restart()]);
  await delay(15_000);
  start('one promoted, the primary read-only');
  await cluster.ask(first, 'select pg_promote()');
  const [before] = await cluster.ask(first, 'select count(*)::int as count from pairs');
  await cluster.ask(cluster.primary, 'alter system set default_transaction_read_only = on');
  await cluster.ask(cluster.primary, 'select pg_reload_conf()');
  await delay(5_000);
  clearInterval(reads);
  clearInterval(writes);
  await Promise.all(open);

  console.table(phases);
  console.table(rows().map(({ id, standing, state, why }) => ({ id, standing, state, why })));
  expect(await cluster.ask(first, 'select count(*)::int as count from pairs')).toEqual([before]);
  const stranded = 'select n from pairs group by n having count(*) <> 2';
  expect(await cluster.ask(cluster.primary, stranded)).toEqual([]);
  const held = "select pid from pg_stat_activity where state like 'idle in transaction%'";
  expect(await cluster.ask(cluster.primary, held)).toEqual([]);
  const [stored] = await cluster.ask(cluster.primary, 'select count(*)::int / 2 as pairs from pairs');
  expect(stored?.['pairs']).toBe(phases.reduce((sum, { committed }) => sum + committed, 0));
});
