import { type Postgres, startPostgres } from '@switchgear/testkit/postgres';
import pg from 'pg';

/** A primary and two standbys that stream from it, each with a pool. */
export interface Cluster {
  readonly primary: Postgres;
  readonly standbys: readonly [Postgres, Postgres];

  /** New pools, the primary's first. They end with the cluster. */
  pools(config?: pg.PoolConfig): readonly [pg.Pool, pg.Pool, pg.Pool];

  /** The rows of a query, on a connection of its own. */
  ask(server: Postgres, text: string): Promise<pg.QueryResultRow[]>;
  stop(): Promise<void>;
}

/** Waits as long as a busy machine needs for an answer, and not for ever for one that will not come. */
const TIMES = { connectionTimeoutMillis: 2_000, query_timeout: 2_000 };

/** Starts a cluster. */
export async function startCluster(): Promise<Cluster> {
  const primary = await startPostgres();
  const standbys = await Promise.all([startPostgres({ standbyOf: primary }), startPostgres({ standbyOf: primary })]);
  const servers = [primary, ...standbys];
  const made: pg.Pool[] = [];
  return {
    primary,
    standbys: standbys as [Postgres, Postgres],
    pools(config) {
      const pools = servers.map(({ url }) => new pg.Pool({ connectionString: url, max: 8, ...TIMES, ...config }));
      for (const pool of pools) pool.on('error', () => undefined);
      made.push(...pools);
      return pools as [pg.Pool, pg.Pool, pg.Pool];
    },
    async ask({ url }, text) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(text)).rows;
      } finally {
        await client.end();
      }
    },
    async stop() {
      await Promise.all(servers.map((each) => each.resume()));
      await Promise.all(made.map((pool) => pool.end()));
      await Promise.all(servers.map((each) => each.stop()));
    },
  };
}

/** Which server answers: its port. */
export const WHERE = 'select inet_server_port() as port';
