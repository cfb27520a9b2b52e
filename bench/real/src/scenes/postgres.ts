import { setTimeout as pause } from 'node:timers/promises';
import { type Postgres, startPostgres } from '@switchgear/testkit/postgres';
import pg from 'pg';
import { arrivals } from '../client/arrivals.ts';
import { type Figures, figuresOf, type Move, reaction } from '../client/figures.ts';
import { observed, type Request, traffic } from '../client/traffic.ts';
import type { Policy } from '../policies/policy.ts';
import { type Scene, TIME_LIMIT } from './scene.ts';

const RATE = 110;

interface Database {
  readonly postgres: Postgres;
  readonly moves: Move[];
  query(text: string): Promise<unknown>;
}

/** Plays with a server and a pool of its own. */
async function withPool(policy: Policy, max: number, play: (database: Database) => Promise<Figures>): Promise<Figures> {
  const postgres = await startPostgres();
  const limits = { connectionTimeoutMillis: TIME_LIMIT, query_timeout: TIME_LIMIT };
  const pool = new pg.Pool({ connectionString: postgres.url, max, ...limits });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    const moves: Move[] = [];
    const query = policy.start((to) => moves.push({ to, at: performance.now() })).pool(pool);
    return await play({ postgres, moves, query });
  } finally {
    await pool.end();
    await postgres.stop();
  }
}

async function hang({ postgres, moves, query }: Database, seed: number): Promise<Figures> {
  const happens = async () => {
    await pause(3_000);
    await postgres.pause();
    const broke = performance.now();
    await pause(8_000);
    await postgres.resume();
    return { broke, mended: performance.now() };
  };
  const times = arrivals([{ lasts: 16_000, rate: RATE }], seed);
  const [requests, span] = await Promise.all([traffic(() => query('select 1'), times), happens()]);
  return { ...figuresOf(requests, moves), ...reaction(requests, moves, span) };
}

async function fifty({ moves, query }: Database): Promise<Figures> {
  const requests: Request[] = [];
  for (let round = 0; round < 5; round++) {
    const calls = Array.from({ length: 50 }, () => observed(() => query('select pg_sleep(0.01)')));
    requests.push(...(await Promise.all(calls)));
    await pause(500);
  }
  return figuresOf(requests, moves);
}

/** What happens to a PostgreSQL server. */
export const postgresScenes: readonly Scene[] = [
  {
    id: 'postgres-stopped',
    title: 'PostgreSQL hangs',
    about: `All processes of a server are stopped for 8 s, with a pool of 5 and ${RATE} queries a second. The reaction is counted from the first query that timed out.`,
    columns: {
      reactedAfterFailure: 'reacted after time-outs, ms',
      closed: 'closed, ms',
      failed: 'failed calls',
      refused: 'refused',
      requests: 'of',
      cost: 'cost',
      ratio: 'over no breaker',
      moves: 'moves',
    },
    play: (policy, seed) => withPool(policy, 5, (database) => hang(database, seed)),
  },
  {
    id: 'postgres-fifty',
    title: 'All is well: fifty queries at once',
    about: 'A fresh pool of 20 gets fifty queries of 10 ms at once, five times.',
    columns: { refused: 'refused', requests: 'of', failed: 'failed calls', moves: 'moves' },
    play: (policy) => withPool(policy, 20, fifty),
  },
];
