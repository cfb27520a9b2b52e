import { readText } from '@switchgear/core/adapter';

/** PgBouncer's own configuration, and what of its clients' it does not accept. */
const MISCONFIGURED =
  /bouncer config error|no such (?:database|user)|authentication failed|unsupported startup parameter/i;

/** A client that kept PgBouncer waiting, not the other way round. */
const IDLE_CLIENT = /^(?:client_idle_timeout|idle[ _]transaction[ _]timeout)/i;

/** What PostgreSQL says of values that do not fit their placeholders, by whatever name it gives the statement. */
const BIND = /^bind message /;

/**
 * What `08P01` says of the database: nothing, success for an answer, or failure.
 *
 * PgBouncer gives everything this code. PostgreSQL itself uses it for messages that make no sense, as a bind with too few
 * values, and says where in its source it did so, which PgBouncer cannot.
 */
export function outcomeOfProtocolViolation(error: unknown, fatal: boolean): 'success' | 'ignored' | 'failure' {
  const message = readText(error, 'message') ?? '';
  if (MISCONFIGURED.test(message) || IDLE_CLIENT.test(message)) return 'ignored';
  const fromPostgres = readText(error, 'routine') !== undefined || BIND.test(message);
  return fromPostgres && !fatal ? 'success' : 'failure';
}
