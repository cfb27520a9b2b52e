import pg from 'pg';
import { CONNECTIONS, type Environment } from './environment.ts';

/** One way in which a database goes away. */
export interface Fault {
  readonly name: string;

  /** Where callers connect to, or `undefined` where it is not there. */
  readonly url: (environment: Environment) => string | undefined;

  /** What differs in the callers' pool. */
  readonly config?: pg.PoolConfig;

  /** Makes it so, and returns what mends it. */
  readonly strike: (environment: Environment, pool: pg.Pool) => Promise<() => Promise<unknown>>;

  /** The errors that callers may get before the circuit opens, and from probes afterwards. */
  readonly words: RegExp;

  /** Whether it is the database's failure. */
  readonly opens: boolean;
}

const direct = ({ postgres }: Environment): string => postgres.url;
const proxied = ({ proxy }: Environment): string => `postgres://postgres@127.0.0.1:${proxy.port}/postgres`;

/** The errors of a broken connection, depending on how far it was. */
const GONE = /^(57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated.*|.* not queryable|Query read timeout)$/;

/** All the ways we know, and one that only looks like one. */
export const faults: readonly Fault[] = [
  {
    name: 'killed (SIGKILL)',
    url: direct,
    strike: async ({ postgres }) => {
      await postgres.kill();
      return () => postgres.restart();
    },
    words: GONE,
    opens: true,
  },
  {
    name: 'stopped (SIGSTOP)',
    url: direct,
    strike: async ({ postgres }) => {
      await postgres.pause();
      return () => postgres.resume();
    },
    words: /^(Query read timeout|Connection terminated.*|timeout exceeded when trying to connect)$/,
    opens: true,
  },
  {
    name: 'shut down during queries',
    url: direct,
    strike: async ({ postgres }) => {
      await postgres.shutDown();
      return () => postgres.restart();
    },
    words: GONE,
    opens: true,
  },
  {
    name: 'its port swallows everything',
    url: proxied,
    strike: async ({ proxy }) => {
      await proxy.become('black-hole');
      return () => proxy.become('pass');
    },
    words: /^(Query read timeout|Connection terminated.*|timeout exceeded when trying to connect)$/,
    opens: true,
  },
  {
    name: '`max_connections` used up',
    url: direct,
    // Connections that live longer would not notice.
    config: { maxUses: 1 },
    strike: occupy,
    words: /^53300$/,
    opens: true,
  },
  {
    name: '`pg_terminate_backend`, again and again',
    url: direct,
    strike: terminate,
    words: GONE,
    opens: true,
  },
  {
    name: 'killed behind PgBouncer',
    url: ({ bouncer }) => bouncer?.url,
    strike: async ({ postgres }) => {
      await postgres.kill();
      return () => postgres.restart();
    },
    words: new RegExp(`^(08P01|timeout exceeded when trying to connect)$|${GONE.source}`),
    opens: true,
  },
  {
    name: 'well, but all clients held by callers',
    url: direct,
    strike: async (_environment, pool) => {
      const held: Promise<pg.PoolClient>[] = [];
      for (let client = 0; client < pool.options.max; client += 1) held.push(pool.connect());
      const clients = await Promise.all(held);
      return async () => {
        for (const client of clients) client.release();
      };
    },
    words: /^timeout exceeded when trying to connect$/,
    opens: false,
  },
];

/** Takes every connection as it becomes free. */
async function occupy({ postgres }: Environment): Promise<() => Promise<unknown>> {
  const held: pg.Client[] = [];
  let over = false;
  const taking = Array.from({ length: CONNECTIONS }, async () => {
    while (!over) {
      const client = new pg.Client(postgres.url);
      client.on('error', () => undefined);
      await client.connect().then(
        () => held.push(client),
        () => undefined,
      );
    }
  });
  return async () => {
    over = true;
    await Promise.all(taking);
    await Promise.all(held.map((client) => client.end()));
  };
}

/** Ends all other connections until it is stopped. */
async function terminate({ postgres }: Environment): Promise<() => Promise<unknown>> {
  const client = new pg.Client(postgres.url);
  await client.connect();
  let over = false;
  const others = "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend'";
  const ending = (async () => {
    while (!over) await client.query(`${others} and pid <> pg_backend_pid()`);
  })();
  return async () => {
    over = true;
    await ending;
    await client.end();
  };
}
