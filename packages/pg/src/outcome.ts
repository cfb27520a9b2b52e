import { isCircuitOpen, type Outcome, type Ruling } from '@switchgear/core';
import { type ErrorLike, isOwnEnd, OURS, rulingOfClientError, rulingOfMistake, TIMED_OUT } from './client-error.ts';
import { isSqlState, outcomeOfState } from './sqlstate.ts';

/** What a server is for. */
export type Role = 'primary' | 'replica';

interface ServerErrorLike extends ErrorLike {
  readonly severity?: unknown;
}

/** What is known about an error besides itself. */
export interface PgErrorContext {
  /**
   * Whether it came while a connection was made. A server that refuses a login has answered, but has shown nothing that
   * could close a circuit: what would be a success is then ignored.
   *
   * @default false
   */
  readonly connecting?: boolean;

  /**
   * Whether it came after the client had been released. That a connection was then ended from this side was its caller's
   * wish, and no failure.
   *
   * @default false
   */
  readonly released?: boolean;

  /**
   * What the server is for. A `'primary'` that says it is read-only (`25006`) is one no longer: a failure. A replica
   * that says so is right.
   *
   * @default 'replica'
   */
  readonly role?: Role;
}

/** How far a chain of causes is followed. Longer ones are somebody's cycle. */
const MAX_DEPTH = 8;

/** PgBouncer reports these under the code of a broken connection, too. */
const BOUNCER_MISCONFIGURED =
  /bouncer config error|no such database|password authentication|unsupported startup parameter/i;

/** Of what cancels a statement, these are not the server's slowness. */
const CANCELLED_BY_SOMEBODY = /user request|conflict with recovery/i;

/**
 * What an error of pg, or of a library around it, says about the database: by SQLSTATE, by code of the system, and by
 * message where pg gives no code. A unique violation is a success: the database did its job.
 *
 * @returns an outcome and a kind: the SQLSTATE, the system's code, or one of `'timeout'`, `'connection'`,
 *   `'pool_exhausted'`, `'caller'`, `'unknown'`
 * @example
 * ```ts
 * const { outcome } = classifyPgError(error); // also of a DrizzleQueryError: looks through causes
 * ```
 */
export function classifyPgError(error: unknown, context: PgErrorContext = {}): Ruling {
  const { connecting = false, released = false, role = 'replica' } = context;
  if (released && isOwnEnd(error)) return OURS;
  const ruling = known(error, role, 0) ?? { outcome: 'failure', kind: codeOf(error) ?? 'unknown' };
  return connecting && ruling.outcome === 'success' ? { ...ruling, outcome: 'ignored' } : ruling;
}

/** The table's word on the error, or on the first of its causes that has one. */
function known(error: unknown, role: Role, depth: number): Ruling | undefined {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return undefined;
  // A breaker further down refused: this database was never asked.
  if (isCircuitOpen(error)) return { outcome: 'ignored', kind: 'EOPENBREAKER' };
  const { errors, cause, sourceError } = error as { errors?: unknown; cause?: unknown; sourceError?: unknown };
  const below = Array.isArray(errors) ? errors : [cause, sourceError];
  return (
    rulingOfClientError(error) ??
    rulingOfServerError(error, role) ??
    below.map((inner) => known(inner, role, depth + 1)).find((ruling) => ruling !== undefined) ??
    rulingOfMistake(error)
  );
}

/** Whether the server, or what stands before it, says that the connection ends with this error. */
export function endsConnection(error: unknown): boolean {
  const { severity } = Object(error) as ServerErrorLike;
  return severity === 'FATAL' || severity === 'PANIC';
}

function codeOf(error: unknown): string | undefined {
  const { code } = Object(error) as ErrorLike;
  return typeof code === 'string' ? code : undefined;
}

function rulingOfServerError({ code, severity, message }: ServerErrorLike, role: Role): Ruling | undefined {
  const fatal = endsConnection({ severity });
  if (!isSqlState(code)) return fatal ? { outcome: 'failure', kind: String(severity) } : undefined;
  const ruling = (outcome: Outcome): Ruling => ({ outcome, kind: code });
  if (code === '57014') return CANCELLED_BY_SOMEBODY.test(String(message)) ? ruling('ignored') : TIMED_OUT;
  if (code === '25006') return ruling(role === 'primary' ? 'failure' : 'ignored');
  if (code === '08P01' && BOUNCER_MISCONFIGURED.test(String(message))) return ruling('ignored');
  return ruling(outcomeOfState(code) ?? (fatal ? 'failure' : 'success'));
}
