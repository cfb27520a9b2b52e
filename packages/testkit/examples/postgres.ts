import type { Breaker } from '@switchgear/core';
import { type Instrumentation, instrument, table, type Way } from '@switchgear/core/adapter';
import type { Sql } from 'postgres';

/** What errors of postgres.js and of PostgreSQL say about the server. */
export const classifyPostgresError = table([
  ['CONNECT_TIMEOUT', 'failure', 'timeout'],
  [['CONNECTION_ENDED', 'CONNECTION_DESTROYED'], 'ignored'],
  // Connections, resources, shutdowns, a disk that fails; then cancelled, or in conflict with another transaction.
  [[/^08...$/, /^53...$/, /^57P0[123]$/, /^58...$/], 'failure'],
  [['57014', '55P03', /^40...$/], 'ignored'],
  ['PostgresError', 'success'],
]);

/** A query of postgres.js: a promise that is sent when it is awaited. Its connection calls `resolve` or `reject`. */
interface Query {
  readonly handler: unknown;
  readonly cursorRows?: number;
  executed: boolean;
  resolve(value: unknown): unknown;
  reject(error: unknown): unknown;
}

/**
 * Puts a breaker in front of a client of postgres.js, in place. Queries of a transaction go through, but for the one that
 * begins it; so do those on a reserved connection, and cursors.
 */
export function protectSql(sql: Sql, { breaker }: { readonly breaker: Breaker }): Instrumentation {
  // It is not sent, because nothing awaits it. Clients share the prototype of queries, and each has a handler of its own.
  const sample = sql`` as unknown as Query;
  return instrument(Object.getPrototypeOf(sample) as object, {
    breaker: ({ target }) => ((target as Query).handler === sample.handler ? breaker : undefined),
    exempt: ({ target }) => (target as Query).executed || (target as Query).cursorRows !== undefined,
    methods: { handle: deferred() },
    byDefault: classifyPostgresError,
  });
}

function deferred(): Way {
  return (original, begin) =>
    function (this: unknown, ...args) {
      const query = this as Query;
      const attempt = begin(query, args);
      if (!attempt) return original().apply(query, args);
      const { resolve, reject } = query;
      if (attempt.refused) {
        query.executed = true;
        return reject(attempt.refused.error);
      }
      query.resolve = (value) => {
        attempt.settle({ value });
        return resolve(value);
      };
      query.reject = (error) => {
        attempt.settle({ error });
        return reject(error);
      };
      return attempt.make(() => original().apply(query, args));
    };
}
