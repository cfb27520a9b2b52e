import type { Ruling } from '@switchgear/core';
import { type Branch, classifyBranches, isObject, read, readText } from '@switchgear/core/adapter';
import { BY_CALLER, isOwnEnd, rulingOfClientError, rulingOfMistake } from './client-error.ts';
import { rulingOfServerError } from './sqlstate.ts';

/** What a server is for. */
export type Role = 'primary' | 'replica';

/** What is known about an error besides the error itself. */
export interface PgErrorContext {
  /**
   * Whether it came while a connection was made. A server that refuses a login has answered, but that proves nothing that
   * could close a circuit, so a success is ignored then.
   *
   * @default false
   */
  readonly connecting?: boolean;

  /**
   * Whether it came after the client had been released. If this side then ended the connection, that was the caller's wish
   * and not a failure.
   *
   * @default false
   */
  readonly released?: boolean;

  /**
   * What the server is for. A `'primary'` that reports to be read-only (`25006`) has been replaced: a failure. From a
   * replica the same error is correct.
   *
   * @default 'replica'
   */
  readonly role?: Role;
}

/**
 * What an error of pg, or of a library around it, says about the database: by SQLSTATE, by code of the system, or by message
 * where pg gives no code. A unique violation is a success, because the database did its job. If several things went wrong, a
 * failure counts first, and the whole is ignored only if each of them is.
 *
 * @returns an outcome and a kind: the SQLSTATE, the system's code, or one of `'timeout'`, `'connection'`,
 *   `'pool_exhausted'`, `'caller'`, `'unknown'`
 * @example
 * ```ts
 * const { outcome } = classifyPgError(error); // looks through a DrizzleQueryError or a Sequelize error, too
 * ```
 */
export function classifyPgError(error: unknown, context: PgErrorContext = {}): Ruling {
  return rulingOfPgError(error, context);
}

/** @param unknown the ruling of an error that the table does not know; a failure by default */
export function rulingOfPgError(error: unknown, context: PgErrorContext, unknown?: Ruling): Ruling {
  if (context.released && isOwnEnd(error)) return BY_CALLER;
  const ruling = classifyBranches(behindSequelize(error), (branch) => rulingOfBranch(branch, context, unknown));
  return context.connecting && ruling.outcome === 'success' ? { ...ruling, outcome: 'ignored' } : ruling;
}

/** Sequelize keeps the driver's error under two names of its own, neither of which is `cause`. */
function behindSequelize(error: unknown): unknown {
  const original = read(error, 'original');
  return isObject(original) && original === read(error, 'parent') ? original : error;
}

/** The table's ruling on the first link that it knows. */
function rulingOfBranch(branch: Branch, context: PgErrorContext, unknown: Ruling | undefined): Ruling {
  const links = branch.length === 1 ? branch : branch.filter(isNotAggregate);
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

/** An aggregate copies the code of one of its members, but each member has a branch of its own. */
function isNotAggregate(link: unknown, place: number, branch: Branch): boolean {
  return place === branch.length - 1 || !(Number(read(read(link, 'errors'), 'length')) > 0);
}
