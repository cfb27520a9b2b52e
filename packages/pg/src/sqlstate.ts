import type { Outcome } from '@switchgear/core';

/**
 * What a SQLSTATE says about the database, where it differs from the rest of its class. `57014`, `25006`, `08P01` and
 * `XX000` depend on more than their code.
 */
const BY_STATE: Readonly<Record<string, Outcome>> = {
  '25P02': 'ignored', // the transaction is aborted: an error before it was the reason
  '25P03': 'ignored', // idle in transaction: our own idleness
  '25P04': 'ignored', // a transaction that its owner kept open for too long
  '40001': 'ignored', // contention: a retry's business
  '40003': 'ignored',
  '40P01': 'ignored',
  '55P03': 'ignored', // another transaction holds the lock
  '57P01': 'failure',
  '57P02': 'failure',
  '57P03': 'failure',
  '57P04': 'ignored', // the database was dropped
  '57P05': 'ignored', // an idle session: our own idleness
};

/** What a class of SQLSTATE says: its first two characters. */
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

/** The table's word on a SQLSTATE, or nothing where it has none. */
export function outcomeOfState(state: string): Outcome | undefined {
  return BY_STATE[state] ?? BY_CLASS[state.slice(0, 2)];
}

/** Five characters, as the standard has them. So is `EPIPE`: look for codes of the system first. */
export function isSqlState(code: unknown): code is string {
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
}
