import { Pool } from 'pg';
import type { Queues } from './queues.ts';

/**
 * The shop's connections to PostgreSQL.
 *
 * - Twenty connections: a checkout holds one for four round trips of about a millisecond, never while it waits for payments;
 *   sixteen payments drained at a time hold one each while they are written down.
 * - Two seconds to connect and two for a query: a thousand times the usual, and still shorter than a customer's patience.
 */
export function createPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 20, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
  const report = ({ message }: Error) => console.error(`orders: a connection was lost: ${message}`);
  // A connection that is lost while idle or between queries emits an error, which would end the process without a listener.
  // It is added on connect, because a caller gets the client through a promise and could add its listener too late.
  pool.on('connect', (client) => client.on('error', report));
  pool.on('error', () => undefined); // It only repeats the error of an idle connection.
  return pool;
}

const SCHEMA = `
  create table if not exists orders (
    reference text primary key,
    customer text not null,
    product text not null,
    amount_cents integer not null check (amount_cents > 0),
    placed_at timestamptz not null default now(),
    -- When the payment was queued, if it was.
    queued_at timestamptz,
    paid_at timestamptz,
    paid_by text
  );
`;

/** Makes the tables where they are missing. The queues share one. */
export async function createSchema(pool: Pool, { payments }: Pick<Queues, 'payments'>): Promise<void> {
  await pool.query(SCHEMA);
  await payments.createTable();
}
