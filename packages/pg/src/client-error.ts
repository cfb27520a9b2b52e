import type { Ruling } from '@switchgear/core';
import { readText } from '@switchgear/core/adapter';

/** The system's codes for a server that cannot be reached, or no longer. */
const UNREACHABLE: ReadonlySet<unknown> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT', // no such Unix socket
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** The system's codes for what this machine or process has run out of, or is not allowed to do. */
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

const CONNECTION_LOST: Ruling = { outcome: 'failure', kind: 'connection' };

/** A time limit ended it. */
export const TIMED_OUT: Ruling = { outcome: 'failure', kind: 'timeout' };

/** The caller's own doing. */
export const BY_CALLER: Ruling = { outcome: 'ignored', kind: 'caller' };

/** pg gives most errors of its own no code, so they are known by their messages. */
const BY_MESSAGE: ReadonlyMap<unknown, Ruling> = new Map([
  ['Connection terminated', CONNECTION_LOST],
  ['Connection terminated unexpectedly', CONNECTION_LOST],
  ['Client has encountered a connection error and is not queryable', CONNECTION_LOST],
  ['Connection terminated due to connection timeout', TIMED_OUT],
  ['timeout expired', TIMED_OUT],
  ['Query read timeout', TIMED_OUT],
  // The pool was full all that time, which is this side's load. A new connection that takes too long has another message.
  ['timeout exceeded when trying to connect', { outcome: 'ignored', kind: 'pool_exhausted' }],
  ['Cannot use a pool after calling end on the pool', BY_CALLER],
  ['Called end on pool more than once', BY_CALLER],
  ['Client was closed and is not queryable', BY_CALLER],
  ['Client has already been connected. You cannot reuse a client.', BY_CALLER],
  ['Passing a function as the first parameter to pool.query is not supported', BY_CALLER],
  ['A query must have either text or a name. Supplying neither is unsupported.', BY_CALLER],
  ['Query values must be an array', BY_CALLER],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', BY_CALLER],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string', BY_CALLER],
]);

/** The same for messages that contain a name. */
const BY_PATTERN: readonly (readonly [RegExp, Ruling])[] = [
  [/^Prepared statements must be unique - /, BY_CALLER],
  [/^circular reference detected while preparing /, BY_CALLER],
  [/ not supported in pipeline mode$/, BY_CALLER],
];

/** Errors that JavaScript itself throws come from code on this side, such as bad arguments or a type parser. */
const MISTAKES: ReadonlySet<unknown> = new Set([
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'AbortError',
]);

/** Whether a connection is gone because this side ended it. pg adds "unexpectedly" to all other ends. */
export function isOwnEnd(error: unknown): boolean {
  return readText(error, 'message') === 'Connection terminated';
}

/** What an error that was made on this side says about the server; `undefined` if it is unknown. */
export function rulingOfClientError(error: unknown): Ruling | undefined {
  const code = readText(error, 'code');
  if (code !== undefined && UNREACHABLE.has(code)) return { outcome: 'failure', kind: code };
  if (code !== undefined && OWN_LIMITS.has(code)) return { outcome: 'ignored', kind: code };
  const message = readText(error, 'message') ?? '';
  return BY_MESSAGE.get(message) ?? BY_PATTERN.find(([pattern]) => pattern.test(message))?.[1];
}

/** Asked last, because fetch too reports a dead network as a TypeError, and only its cause says so. */
export function rulingOfMistake(error: unknown): Ruling | undefined {
  return MISTAKES.has(readText(error, 'name')) ? BY_CALLER : undefined;
}
