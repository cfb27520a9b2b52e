import type { Outcome, Ruling } from '@switchgear/core';
import { readText } from '@switchgear/core/adapter';
import { TIMED_OUT } from './client-error.ts';
import { isFatal, outcomeOfProtocolViolation, wasCancelled } from './server-messages.ts';

/**
 * The outcome of a SQLSTATE, where it differs from the rest of its class. `57014`, `25006`, `08P01` and `XX000` depend on
 * more than their code.
 */
const BY_STATE: Readonly<Record<string, Outcome>> = {
  '25P02': 'ignored', // the transaction is aborted because of an earlier error
  '25P03': 'ignored', // idle in a transaction: this side's idleness
  '25P04': 'ignored', // a transaction that its owner kept open for too long
  '40001': 'ignored', // contention, which a retry resolves
  '40003': 'ignored',
  '40P01': 'ignored',
  '55P03': 'ignored', // another transaction holds the lock
  '57P01': 'failure',
  '57P02': 'failure',
  '57P03': 'failure',
  '57P04': 'ignored', // the database was dropped
  '57P05': 'ignored', // an idle session: this side's idleness
};

/** The outcome of a class of SQLSTATEs: its first two characters. */
const BY_CLASS: Readonly<Record<string, Outcome>> = {
  '08': 'failure', // connection
  '0A': 'success', // feature not supported
  '21': 'success', // cardinality
  '22': 'success', // data
  '23': 'success', // integrity constraint
  '28': 'success', // authorization
  '3D': 'success', // no such database
  '42': 'success', // syntax, access rules
  '44': 'success', // check option
  '53': 'failure', // out of connections, memory, disk
  '58': 'failure', // system error
  F0: 'failure', // configuration file
  P0: 'success', // raised by PL/pgSQL
  XX: 'failure', // internal error, corruption
};

/** What is known about a server's error besides the error itself. */
export interface ServerErrorContext {
  readonly connecting?: boolean;
  readonly role?: 'primary' | 'replica';
}

/** What an error that a server sent says about it; `undefined` if no server sent it. */
export function rulingOfServerError(error: unknown, { connecting, role }: ServerErrorContext): Ruling | undefined {
  const code = readText(error, 'code');
  // While connecting, every error ends the connection, in whatever language its severity is written.
  const fatal = isFatal(error) || connecting === true;
  if (!isSqlState(code)) {
    return isFatal(error) ? { outcome: 'failure', kind: readText(error, 'severity') as string } : undefined;
  }
  const ruling = (outcome: Outcome): Ruling => ({ outcome, kind: code });
  if (code === '57014') return wasCancelled(error) ? ruling('ignored') : TIMED_OUT;
  if (code === '25006') return ruling(role === 'primary' ? 'failure' : 'ignored');
  if (code === '08P01') return ruling(outcomeOfProtocolViolation(error, fatal));
  // An extension reports its own failure like this, and the connection stays. Without a severity no server sent the error.
  if (code === 'XX000' && !fatal && readText(error, 'severity') !== undefined) return ruling('ignored');
  return ruling(BY_STATE[code] ?? BY_CLASS[code.slice(0, 2)] ?? (fatal ? 'failure' : 'success'));
}

/** Five characters, as the standard has them. `EPIPE` is one, too, so codes of the system are looked for first. */
function isSqlState(code: unknown): code is string {
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
}
