import type { Outcome, Ruling } from '@switchgear/core';
import { type Branch, classifyBranches, isObject, read, readText } from '@switchgear/core/adapter';
import { isCancelledBySomeone } from './cancelled.ts';
import { isOwnEnd, OURS, rulingOfClientError, rulingOfMistake, TIMED_OUT } from './client-error.ts';
import { outcomeOfProtocolViolation } from './pgbouncer.ts';
import { isFatal } from './severity.ts';
import { isSqlState, outcomeOfState } from './sqlstate.ts';

/** What a server is for. */
export type Role = 'primary' | 'replica';

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

/**
 * What an error of pg, or of a library around it, says about the database: by SQLSTATE, by code of the system, and by
 * message where pg gives no code. A unique violation is a success: the database did its job. Of several things that went
 * wrong a failure counts first, and only if none says anything is the whole ignored.
 *
 * @returns an outcome and a kind: the SQLSTATE, the system's code, or one of `'timeout'`, `'connection'`,
 *   `'pool_exhausted'`, `'caller'`, `'unknown'`
 * @example
 * ```ts
 * const { outcome } = classifyPgError(error); // also of a DrizzleQueryError or a Sequelize error: looks through them
 * ```
 */
export function classifyPgError(error: unknown, context: PgErrorContext = {}): Ruling {
  return rulingOfPgError(error, context);
}

/** @param unknown the ruling of an error that the table does not know; a failure, if it is left out */
export function rulingOfPgError(error: unknown, context: PgErrorContext, unknown?: Ruling): Ruling {
  if (context.released && isOwnEnd(error)) return OURS;
  const ruling = classifyBranches(behindSequelize(error), (branch) => rulingOfBranch(branch, context, unknown));
  return context.connecting && ruling.outcome === 'success' ? { ...ruling, outcome: 'ignored' } : ruling;
}

/** Sequelize keeps the driver's error under two names of its own, none of which is `cause`. */
function behindSequelize(error: unknown): unknown {
  const original = read(error, 'original');
  return isObject(original) && original === read(error, 'parent') ? original : error;
}

/** The table's word on the first link that it knows. */
function rulingOfBranch(branch: Branch, context: PgErrorContext, unknown: Ruling | undefined): Ruling {
  const links = branch.length === 1 ? branch : branch.filter(speaksForItself);
  return (
    first(links, (link) => rulingOfClientError(link) ?? rulingOfServerError(link, context)) ??
    first(links, rulingOfMistake) ??
    unknown ?? { outcome: 'failure', kind: readText(links[0], 'code') ?? 'unknown' }
  );
}

function first(links: Branch, rulingOf: (link: unknown) => Ruling | undefined): Ruling | undefined {
  for (const link of links) {
    const ruling = isObject(link) ? rulingOf(link) : undefined;
    if (ruling) return ruling;
  }
  return undefined;
}

/** An aggregate has the code of one of its members only, and each of them has a branch of its own. */
function speaksForItself(link: unknown, place: number, branch: Branch): boolean {
  return place === branch.length - 1 || !(Number(read(read(link, 'errors'), 'length')) > 0);
}

function rulingOfServerError(error: unknown, { connecting, role }: PgErrorContext): Ruling | undefined {
  const code = readText(error, 'code');
  // No connection survives an error while it is made, in whatever language its severity is told.
  const fatal = isFatal(error) || connecting === true;
  if (!isSqlState(code)) {
    return isFatal(error) ? { outcome: 'failure', kind: readText(error, 'severity') as string } : undefined;
  }
  const ruling = (outcome: Outcome): Ruling => ({ outcome, kind: code });
  if (code === '57014') return isCancelledBySomeone(error) ? ruling('ignored') : TIMED_OUT;
  if (code === '25006') return ruling(role === 'primary' ? 'failure' : 'ignored');
  if (code === '08P01') return ruling(outcomeOfProtocolViolation(error, fatal));
  // An extension that fails says so of itself, and the connection goes on. What says no severity is no answer of a server's.
  if (code === 'XX000' && !fatal && readText(error, 'severity') !== undefined) return ruling('ignored');
  return ruling(outcomeOfState(code) ?? (fatal ? 'failure' : 'success'));
}
