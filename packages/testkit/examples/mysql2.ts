import type { Breaker } from '@switchgear/core';
import type { BegunAttempt, Instrumentation, Method, Way } from '@switchgear/core/adapter';
import { callback, instrument, replaceMethods, table } from '@switchgear/core/adapter';
import type { Pool, PoolConnection } from 'mysql2';

/** What errors of MySQL and MariaDB say about the server. */
export const classifyMysqlError = table([
  // mysql2 has no codes for errors of MariaDB alone: max_statement_time exceeded (1969), connection killed (1927).
  [['PROTOCOL_SEQUENCE_TIMEOUT', 'ETIMEDOUT', 1969], 'failure', 'timeout'],
  [1927, 'failure', 'killed'],
  [['PROTOCOL_CONNECTION_LOST', 'ER_CON_COUNT_ERROR', 'ER_SERVER_SHUTDOWN', 'ER_OUT_OF_RESOURCES'], 'failure'],
  [['ER_OPTION_PREVENTS_STATEMENT', 'ER_DISK_FULL'], 'failure'],
  [['ER_QUERY_INTERRUPTED', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_DEADLOCK'], 'ignored'],
  [/^ER_/, 'success'],
  [[/^Queue limit reached/, /^No connections available/, /^Pool is closed/], 'ignored', 'pool'],
]);

/** Puts a breaker in front of a pool of mysql2, in place: of the callback form, or of the one that `mysql2/promise` makes. */
export function protectMysqlPool(pool: Pool | { pool: Pool }, { breaker }: { breaker: Breaker }): Instrumentation {
  // The promise form calls the callback form.
  const target: Pool = 'pool' in pool ? pool.pool : pool;
  const methods = { query: callback(), execute: callback(), getConnection: checkout() };
  return instrument(target, { breaker, methods, byDefault: classifyMysqlError });
}

type Taken = (error: unknown, connection: PoolConnection) => void;

/** Checking a connection out proves nothing, so the first query on it settles the permit. Later ones are never refused. */
function checkout(): Way {
  // A pool calls `getConnection` again, with the same callback, for those that have waited for a connection.
  const waiting = new WeakSet<Taken>();
  return (original, begin) =>
    function (this: unknown, given) {
      const taken = given as Taken;
      const attempt = waiting.has(taken) ? undefined : begin(this, [taken]);
      if (attempt?.refused) return callback()(original, () => attempt).call(this, taken);
      const handed: Taken = (error, connection) => {
        if (error) attempt?.settle({ error });
        else if (attempt) settleByFirstQuery(connection, attempt);
        taken(error, connection);
      };
      waiting.add(handed);
      const take = () => original().call(this, handed);
      return attempt ? attempt.make(take) : take();
    };
}

function settleByFirstQuery(connection: PoolConnection, attempt: BegunAttempt): void {
  const sent = (original: () => Method) => callback()(original, () => attempt);
  const released = (original: () => Method) =>
    function (this: unknown, ...args: unknown[]): unknown {
      patch.eject();
      attempt.settle({ value: undefined }, 'ignored');
      return original().apply(this, args);
    };
  const patch = replaceMethods(connection, { query: sent, execute: sent, release: released, destroy: released });
}
