import { fixed } from '@switchgear/core';
import type { Postgres } from '@switchgear/testkit/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ProtectedReplicas, type ProtectReplicasOptions, protectReplicas } from '../../src/replicas/index.ts';
import { type Cluster, startCluster, WHERE } from './cluster.ts';

const WAIT = { timeout: 60_000, interval: 20 };

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster(2);
  await cluster.ask(cluster.primary, 'create table notes (n int)');
  await cluster.followed();
});
afterAll(() => cluster?.stop());

function protect(
  options: Partial<ProtectReplicasOptions<pg.Pool>> = {},
  ofReplicas?: pg.PoolConfig,
): ProtectedReplicas<pg.Pool> {
  // The primary is well in all these tests, so it may take its time.
  const [primary, ...replicas] = cluster.pools(ofReplicas, { max: 20 });
  return protectReplicas({
    name: 'orders',
    primary,
    replicas,
    balancer: { leaf: { openFor: fixed(300) }, slowStart: 0 },
    ...options,
  });
}

const portsOf = async (calls: Promise<unknown>[]): Promise<Set<number>> =>
  new Set((await Promise.all(calls)).map((result) => (result as pg.QueryResult).rows[0].port));

const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

describe('a database with replicas', () => {
  it('is read at the replicas, and written at the primary', async () => {
    const { read, write, balancer, breaker } = protect();
    const standbys = cluster.standbys.map(({ port }) => port);
    expect(await portsOf(times(40, () => read.query(WHERE)))).toEqual(new Set(standbys));
    expect(await portsOf(times(4, () => write.query(WHERE)))).toEqual(new Set([cluster.primary.port]));
    expect([balancer.service.metrics().calls, breaker.metrics().calls]).toEqual([40, 4]);
  });

  it('answers each form of a query', async () => {
    const { read } = protect();
    expect((await read.query('select $1::int as n', [1])).rows).toEqual([{ n: 1 }]);
    expect((await read.query({ text: 'select 2 as n', rowMode: 'array' })).rows).toEqual([[2]]);
    const called = await new Promise((resolve) =>
      read.query('select 3 as n', (_error, result) => resolve(result.rows)),
    );
    expect(called).toEqual([{ n: 3 }]);
    const failed = await new Promise((resolve) => read.query('select nothing', [], (error) => resolve(error)));
    expect(failed).toMatchObject({ code: '42703' });
  });

  it('gives out clients of the primary only', async () => {
    const { read, write } = protect();
    expect(read).toBeInstanceOf(pg.Pool);
    for (const pool of [read, write]) {
      const client = await pool.connect();
      expect((await client.query(WHERE)).rows).toEqual([{ port: cluster.primary.port }]);
      client.release();
    }
  });

  it('gives the caller the error of a wrong statement, which is made once', async () => {
    const { read, balancer } = protect();
    await expect(read.query('insert into notes values (0)')).rejects.toMatchObject({ code: '25006' });
    await expect(read.query('selec 1')).rejects.toMatchObject({ code: '42601' });
    expect([...balancer].map(({ state }) => state)).toEqual(['closed', 'closed', 'closed', 'closed']);
    expect(balancer.rows().map(({ load }) => load)).toEqual([0, 0, 0]);
  });

  it('is as before once the protection is ejected', async () => {
    const { read, write, eject, balancer } = protect();
    eject();
    eject();
    expect(await portsOf([read.query(WHERE), write.query(WHERE)])).toEqual(new Set([cluster.primary.port]));
    expect(balancer.service.metrics().calls).toBe(0);
  });

  it('leaves no pool protected if one of them is already', () => {
    const [primary, ...replicas] = cluster.pools();
    const first = protectReplicas({ name: 'a', primary: cluster.pools()[0], replicas: [replicas[1] as pg.Pool] });
    expect(() => protectReplicas({ name: 'b', primary, replicas })).toThrow(/is protected already/);
    first.eject();
    expect(() => protectReplicas({ name: 'b', primary, replicas })).not.toThrow();
  });
});

describe('replicas that fail', () => {
  it('are read no more, one frozen and one killed, and are read again when they are well', async () => {
    const { read, balancer, rows } = protect({}, { connectionTimeoutMillis: 500, query_timeout: 500, max: 20 });
    const [frozen, killed] = cluster.standbys as [Postgres, Postgres];
    await read.query(WHERE);
    await Promise.all([frozen.pause(), killed.kill()]);
    const ejected = () => rows().filter(({ state }) => state === 'open').length;
    await vi.waitFor(async () => {
      await Promise.allSettled(times(20, () => read.query(WHERE)));
      expect(ejected()).toBe(2);
    }, WAIT);
    // A probe of the frozen one takes as long as a query may, and is then made at the primary.
    for (let round = 0; round < 5; round++) {
      expect(await portsOf(times(20, () => read.query(WHERE)))).toEqual(new Set([cluster.primary.port]));
    }
    await frozen.resume();
    await killed.restart();
    await vi.waitFor(async () => {
      await Promise.allSettled(times(20, () => read.query(WHERE)));
      expect(ejected()).toBe(0);
    }, WAIT);
    expect(balancer.rows().map(({ load }) => load)).toEqual([0, 0, 0]);
  });

  it('do not lose a read that they cancel because it keeps them from following', async () => {
    const { primary, standbys, ask } = cluster;
    const standby = standbys[1] as Postgres;
    await ask(standby, 'alter system set max_standby_streaming_delay = 0');
    await ask(standby, 'select pg_reload_conf()');
    await ask(primary, 'create table busy as select 1 as n');
    await cluster.followed();
    const [write, , replica] = cluster.pools();
    const { read } = protectReplicas({ name: 'orders', primary: write, replicas: [replica as pg.Pool] });
    const cancelled = vi.fn();
    replica?.on('release', cancelled);
    const long = read.query(
      'select inet_server_port() as port, pg_sleep(case when pg_is_in_recovery() then 60 else 0 end) from busy',
    );
    const sleepers = "select from pg_stat_activity where wait_event = 'PgSleep'";
    await vi.waitFor(async () => expect(await ask(standby, sleepers)).toHaveLength(1), WAIT);
    await ask(primary, 'truncate busy; insert into busy values (1)');
    expect((await long).rows).toMatchObject([{ port: primary.port }]);
    expect(cancelled).toHaveBeenCalledWith(expect.objectContaining({ code: '40001' }), expect.anything());
  });
});

describe('a replica', () => {
  it('whose pool is full does not lose a read: it is made elsewhere', async () => {
    const [primary, , replica] = cluster.pools({ max: 1 }) as [pg.Pool, pg.Pool, pg.Pool];
    const { read } = protectReplicas({ name: 'orders', primary, replicas: [replica] });
    const held = await replica.connect();
    replica.options.connectionTimeoutMillis = 100;
    expect(await portsOf([read.query(WHERE)])).toEqual(new Set([cluster.primary.port]));
    held.release();
  });

  it('that is too far behind is read after all others, until it has followed', async () => {
    const { read, rows } = protect({ maxLag: 1 });
    const [behind] = cluster.standbys as [Postgres];
    await cluster.ask(behind, 'select pg_wal_replay_pause()');
    const standing = () => rows().find(({ id }) => id === 'replica-1')?.standing;
    await vi.waitFor(async () => {
      await cluster.ask(cluster.primary, 'insert into notes values (1)');
      await read.query(WHERE);
      expect(standing()).toBe('lagging');
    }, WAIT);
    expect(await portsOf(times(20, () => read.query(WHERE)))).not.toContain(behind.port);
    await cluster.ask(behind, 'select pg_wal_replay_resume()');
    await vi.waitFor(async () => {
      await read.query(WHERE);
      expect(standing()).toBe('replica');
    }, WAIT);
  });

  it('that was promoted is read no more, and writes stay at the primary, which is found to be read-only', async () => {
    const { read, write, rows, breaker } = protect();
    const [promoted] = cluster.standbys as [Postgres];
    await cluster.followed();
    const [before] = await cluster.ask(promoted, 'select count(*)::int from notes');
    await cluster.ask(promoted, 'select pg_promote()');
    await cluster.ask(cluster.primary, 'alter system set default_transaction_read_only = on');
    await cluster.ask(cluster.primary, 'select pg_reload_conf()');
    await vi.waitFor(async () => {
      await read.query(WHERE);
      expect(rows().map(({ standing }) => standing)).toEqual(['primary', 'promoted', 'replica']);
    }, WAIT);
    expect(await portsOf(times(20, () => read.query(WHERE)))).not.toContain(promoted.port);
    await vi.waitFor(async () => {
      await expect(write.query('insert into notes values (2)')).rejects.toThrow();
      expect(breaker.state).toBe('open');
    }, WAIT);
    expect(await cluster.ask(promoted, 'select count(*)::int from notes')).toEqual([before]);
  });
});
