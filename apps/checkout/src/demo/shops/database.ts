import { randomUUID } from 'node:crypto';
import { startPostgres } from '@switchgear/testkit/postgres';
import pg from 'pg';
import type { Leftover } from '../run/cleanup.ts';
import { type Run, unlessStopped } from '../run/run.ts';

/** The database of one side. */
export interface SideDatabase {
  readonly url: string;

  /** Kills its server; absent for a server given by the user. */
  readonly kill?: () => Promise<void>;

  /** Starts its server again. */
  readonly restart?: () => Promise<void>;
}

/** Starts a PostgreSQL server in a temporary folder. It is removed when this process ends, even if killed. */
export async function startOwnDatabase(run: Run): Promise<SideDatabase> {
  run.signal.throwIfAborted();
  const starting = startPostgres();
  run.cleanup.defer(async () => {
    const server = await starting.catch(() => undefined);
    await server?.stop();
  });
  const { url, kill, restart } = await unlessStopped(starting, run);
  return { url, kill, restart };
}

/** Creates a database on the server given by the user. */
export async function createDatabaseOn(
  server: string,
  side: string,
  registerLeftover: (leftover: Leftover) => void,
  run: Run,
): Promise<SideDatabase> {
  const database = `checkout_${side}_${randomUUID().slice(0, 8)}`;
  registerLeftover({ server, database });
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 5_000 });
  run.cleanup.defer(() => client.end());
  await unlessStopped(client.connect(), run);
  await client.query(`create database ${pg.escapeIdentifier(database)}`);
  const url = new URL(server);
  url.pathname = `/${database}`;
  return { url: url.href };
}

/** The order book at the end. */
export interface OrderBook {
  /** Each order, with when its payment was marked paid (milliseconds since 1970), or `null` while it is owed. */
  readonly orders: ReadonlyMap<string, number | null>;

  /** The amounts of all orders that are marked paid. */
  readonly paidCents: number;
}

/** Reads the order book of one side. */
export async function readOrders(url: string): Promise<OrderBook> {
  const { rows } = await query<{ reference: string; amountCents: number; paidAt: number | null }>(
    url,
    `select reference, amount_cents::float8 as "amountCents", (extract(epoch from paid_at) * 1000)::float8 as "paidAt"
     from orders`,
  );
  const paid = rows.filter(({ paidAt }) => paidAt !== null);
  return {
    orders: new Map(rows.map(({ reference, paidAt }) => [reference, paidAt])),
    paidCents: paid.reduce((sum, { amountCents }) => sum + amountCents, 0),
  };
}

/** How many payments are owed. */
export async function countOwed(url: string): Promise<number> {
  const { rows } = await query<{ owed: number }>(url, 'select count(*)::int as owed from orders where paid_at is null');
  return rows[0]!.owed;
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<pg.QueryResult<Row>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<Row>(sql);
  } finally {
    await client.end();
  }
}
