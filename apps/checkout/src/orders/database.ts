import { Pool } from 'pg';

/**
 * The shop's connections to PostgreSQL.
 *
 * - Ten connections: a checkout holds one for four round trips of about a millisecond, never while it waits for payments.
 * - Two seconds to connect and two for a query: a thousand times the usual, and still shorter than a customer's patience.
 */
export function createPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 10, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
  // An idle connection that dies is replaced at the next checkout; without a listener it would end the process.
  pool.on('error', (error) => console.error(`orders: an idle connection was lost: ${error.message}`));
  return pool;
}
