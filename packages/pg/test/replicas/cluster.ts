import { setTimeout as delay } from 'node:timers/promises';
import { type Postgres, startPostgres } from '@switchgear/testkit/postgres';
import pg from 'pg';

/** A primary and standbys that stream from it, each with a pool. */
export interface Cluster {
  readonly primary: Postgres;
  readonly standbys: readonly Postgres[];

  /** New pools, the primary's first, with a configuration of its own. They end with the cluster. */
  pools(ofStandbys?: pg.PoolConfig, ofPrimary?: pg.PoolConfig): readonly [pg.Pool, ...pg.Pool[]];

  /** Resolves when the standbys have all that was written so far. */
  followed(): Promise<void>;

  /** The rows of a query, on a connection of its own. */
  ask(server: Postgres, text: string): Promise<pg.QueryResultRow[]>;
  stop(): Promise<void>;
}

/** Waits as long as a busy machine needs for an answer, and not for ever for one that will not come. */
const TIMES = { connectionTimeoutMillis: 10_000, query_timeout: 10_000 };

/** Starts a cluster. */
export async function startCluster(count: number): Promise<Cluster> {
  const primary = await startPostgres();
  const standbys = await Promise.all(Array.from({ length: count }, () => startPostgres({ standbyOf: primary })));
  const servers = [primary, ...standbys];
  const made: pg.Pool[] = [];
  return {
    primary,
    standbys,
    pools(ofStandbys, ofPrimary = ofStandbys) {
      const pools = servers.map(({ url }) => {
        const config = url === primary.url ? ofPrimary : ofStandbys;
        return new pg.Pool({ connectionString: url, max: 8, ...TIMES, ...config });
      });
      for (const pool of pools) pool.on('error', () => undefined);
      made.push(...pools);
      return pools as [pg.Pool, ...pg.Pool[]];
    },
    ask,
    async followed() {
      const [row] = await ask(primary, 'select pg_current_wal_lsn()::text as lsn');
      const caughtUp = `select pg_last_wal_replay_lsn() >= '${row?.['lsn']}' as ok`;
      for (const standby of standbys) while (!(await ask(standby, caughtUp))[0]?.['ok']) await delay(20);
    },
    async stop() {
      await Promise.all(servers.map((each) => each.resume()));
      await Promise.all(made.map((pool) => pool.end()));
      await Promise.all(servers.map((each) => each.stop()));
    },
  };
}

async function ask({ url }: Postgres, text: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Which server answers: its port. */
export const WHERE = 'select inet_server_port() as port';
