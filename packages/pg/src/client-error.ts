import type { Ruling } from '@switchgear/core';
import { readText } from '@switchgear/core/adapter';

/** Codes of the system for a server that cannot be reached, or no longer. */
const UNREACHABLE: ReadonlySet<unknown> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT', // a Unix socket that is not there
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Codes of the system for what this machine or this process has run out of, or may not do. */
const OWN_LIMITS: ReadonlySet<unknown> = new Set([
  'EACCES',
  'EADDRNOTAVAIL', // no local port left
  'EAI_MEMORY',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'EPERM',
  'ERR_ACCESS_DENIED', // Node's permission model
]);

const FAILED: Ruling = { outcome: 'failure', kind: 'connection' };
/** Time ran out. */
export const TIMED_OUT: Ruling = { outcome: 'failure', kind: 'timeout' };
/** The doing of whoever called. */
export const OURS: Ruling = { outcome: 'ignored', kind: 'caller' };
const EXHAUSTED: Ruling = { outcome: 'ignored', kind: 'pool_exhausted' };

/** pg gives most errors of its own no code, so that their words are all there is to know them by. */
const BY_MESSAGE: ReadonlyMap<unknown, Ruling> = new Map([
  ['Connection terminated', FAILED],
  ['Connection terminated unexpectedly', FAILED],
  ['Client has encountered a connection error and is not queryable', FAILED],
  ['Connection terminated due to connection timeout', TIMED_OUT],
  ['timeout expired', TIMED_OUT],
  ['Query read timeout', TIMED_OUT],
  // The pool was full all the while: pressure of our own. A new connection that takes too long has other words.
  ['timeout exceeded when trying to connect', EXHAUSTED],
  ['Cannot use a pool after calling end on the pool', OURS],
  ['Called end on pool more than once', OURS],
  ['Client was closed and is not queryable', OURS],
  ['Client has already been connected. You cannot reuse a client.', OURS],
  ['Passing a function as the first parameter to pool.query is not supported', OURS],
  ['A query must have either text or a name. Supplying neither is unsupported.', OURS],
  ['Query values must be an array', OURS],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', OURS],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string', OURS],
]);

/** The same, for words with a name in them. */
const BY_PATTERN: readonly (readonly [RegExp, Ruling])[] = [
  [/^Prepared statements must be unique - /, OURS],
  [/^circular reference detected while preparing /, OURS],
  [/ not supported in pipeline mode$/, OURS],
];

/** Whether a connection is gone because this side ended it. pg calls other ends unexpected. */
export function isOwnEnd(error: unknown): boolean {
  return readText(error, 'message') === 'Connection terminated';
}

/** What JavaScript itself throws comes from code on this side: bad arguments, a type parser. */
const OUR_MISTAKES: ReadonlySet<unknown> = new Set([
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'AbortError',
]);

/** What an error that did not come from the server says about the server, or nothing where it is unknown. */
export function rulingOfClientError(error: unknown): Ruling | undefined {
  const code = readText(error, 'code');
  if (code !== undefined && UNREACHABLE.has(code)) return { outcome: 'failure', kind: code };
  if (code !== undefined && OWN_LIMITS.has(code)) return { outcome: 'ignored', kind: code };
  const message = readText(error, 'message') ?? '';
  return BY_MESSAGE.get(message) ?? BY_PATTERN.find(([pattern]) => pattern.test(message))?.[1];
}

/** Asked last: fetch, too, reports a dead network as a TypeError, whose cause says more. */
export function rulingOfMistake(error: unknown): Ruling | undefined {
  return OUR_MISTAKES.has(readText(error, 'name')) ? OURS : undefined;
}
