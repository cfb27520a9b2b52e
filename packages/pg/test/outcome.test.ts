import { CircuitOpenError } from '@switchgear/core';
import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { classifyPgError, type PgErrorContext } from '../src/index.ts';

/** An error as the server sends it. */
function server(code: string, message = '', severity = 'ERROR'): Error {
  return Object.assign(new pg.DatabaseError(message, 0, 'error'), { code, severity });
}

/** An error as the system reports it. */
function system(code: string): Error {
  return Object.assign(new Error(`connect ${code} 127.0.0.1:5432`), { code, errno: -111, syscall: 'connect' });
}

/** What Node makes of several addresses: with the code of the first. */
function aggregate(...errors: Error[]): Error {
  return Object.assign(new AggregateError(errors), { code: (errors[0] as { code?: unknown }).code });
}

const refused = system('ECONNREFUSED');
const open = new CircuitOpenError('replica', 1, { rule: 'failureRate', at: 0 });

describe('classifyPgError', () => {
  it.each<[rule: string, error: unknown, outcome: string, kind: string]>([
    ['a unique violation is the database at work', server('23505'), 'success', '23505'],
    ['so is bad syntax', server('42601'), 'success', '42601'],
    ['so is a missing table', server('42P01'), 'success', '42P01'],
    ['so is a division by zero', server('22012'), 'success', '22012'],
    ['so is a row too many', server('21000'), 'success', '21000'],
    ['so is an unsupported feature', server('0A000'), 'success', '0A000'],
    ['so is an exception of a function', server('P0001'), 'success', 'P0001'],
    ['so is a check option', server('44000'), 'success', '44000'],
    ['so is a refused login, once connected', server('28P01', '', 'FATAL'), 'success', '28P01'],
    ['so is a missing database, once connected', server('3D000', '', 'FATAL'), 'success', '3D000'],
    ['a broken connection is a failure', server('08006'), 'failure', '08006'],
    ['so are too many connections', server('53300', '', 'FATAL'), 'failure', '53300'],
    ['so is a full disk', server('53100'), 'failure', '53100'],
    ['so is a terminated backend', server('57P01', '', 'FATAL'), 'failure', '57P01'],
    ['so is a crash', server('57P02', '', 'FATAL'), 'failure', '57P02'],
    ['so is a server that starts up', server('57P03', '', 'FATAL'), 'failure', '57P03'],
    ['so is an error of the system', server('58030'), 'failure', '58030'],
    ['so is corruption', server('XX001'), 'failure', 'XX001'],
    ['so is a bad configuration file', server('F0000'), 'failure', 'F0000'],
    ['a dropped database is ignored', server('57P04', '', 'FATAL'), 'ignored', '57P04'],
    ['a serialization failure is ignored', server('40001'), 'ignored', '40001'],
    ['nor does a deadlock', server('40P01'), 'ignored', '40P01'],
    ['nor an unknown completion', server('40003'), 'ignored', '40003'],
    [
      'so is a lock that another transaction holds',
      server('55P03', 'canceling statement due to lock timeout'),
      'ignored',
      '55P03',
    ],
    ['nor our own idleness in a transaction', server('25P03', '', 'FATAL'), 'ignored', '25P03'],
    ['nor a transaction that we kept open for too long', server('25P04', '', 'FATAL'), 'ignored', '25P04'],
    ['nor a session that idled too long', server('57P05', '', 'FATAL'), 'ignored', '57P05'],
    ['nor an extension that failed', server('XX000', 'cache lookup failed'), 'ignored', 'XX000'],
    ['but a server that fails, and ends for it', server('XX000', '', 'FATAL'), 'failure', 'XX000'],
    ['and corrupt data', server('XX002'), 'failure', 'XX002'],
    ['and an internal error without a severity', Object.assign(new Error('?'), { code: 'XX000' }), 'failure', 'XX000'],
    ['nor an aborted transaction', server('25P02'), 'ignored', '25P02'],
    ['nor a replica that is read-only', server('25006'), 'ignored', '25006'],
    [
      'a statement timeout is one',
      server('57014', 'canceling statement due to statement timeout'),
      'failure',
      'timeout',
    ],
    ['in any language', server('57014', 'annulation de la requête à cause du délai'), 'failure', 'timeout'],
    [
      'a statement cancelled on request is ignored',
      server('57014', 'canceling statement due to user request'),
      'ignored',
      '57014',
    ],
    ['nor one in the way of recovery', server('57014', 'conflict with recovery'), 'ignored', '57014'],
    ['an unknown state is an answer', server('HV000'), 'success', 'HV000'],
    ['an unknown fatal one is a failure', server('HV000', '', 'FATAL'), 'failure', 'HV000'],
    ['so is a fatal error without a code', Object.assign(new Error('?'), { severity: 'PANIC' }), 'failure', 'PANIC'],
    ['a COPY whose source broke off is ignored', server('57014', 'COPY from stdin failed: …'), 'ignored', '57014'],
    [
      'nor in any language',
      Object.assign(server('57014', 'COPY FROM STDIN fehlgeschlagen: …', 'FEHLER'), { routine: 'CopyGetData' }),
      'ignored',
      '57014',
    ],
    [
      'values that do not fit their placeholders are a mistake in a statement',
      server('08P01', 'bind message supplies 1 parameters, but prepared statement "" requires 2'),
      'success',
      '08P01',
    ],
    [
      'in any language',
      Object.assign(server('08P01', '…', 'ОШИБКА'), { routine: 'exec_bind_message' }),
      'success',
      '08P01',
    ],
    [
      'but a broken connection is a failure',
      Object.assign(server('08P01', 'invalid frontend message type 0', 'FATAL'), { routine: 'SocketBackend' }),
      'failure',
      '08P01',
    ],
    ['in any language', Object.assign(server('08P01', '…', 'ВАЖНО'), { routine: 'SocketBackend' }), 'failure', '08P01'],
    ['PgBouncer: a server that crashed', server('08P01', 'server conn crashed?', 'FATAL'), 'failure', '08P01'],
    ['PgBouncer: a query that took too long', server('08P01', 'query timeout', 'FATAL'), 'failure', '08P01'],
    ['PgBouncer: a client that idled', server('08P01', 'client_idle_timeout', 'FATAL'), 'ignored', '08P01'],
    ['PgBouncer: idle in a transaction', server('08P01', 'idle transaction timeout', 'FATAL'), 'ignored', '08P01'],
    ['PgBouncer: no such user', server('08P01', 'no such user: shop', 'FATAL'), 'ignored', '08P01'],
    ['PgBouncer: SASL', server('08P01', 'SASL authentication failed', 'FATAL'), 'ignored', '08P01'],
    ['PgBouncer: no server free', server('08P01', 'query_wait_timeout', 'FATAL'), 'failure', '08P01'],
    ['PgBouncer: full', server('08P01', 'no more connections allowed (max_client_conn)'), 'failure', '08P01'],
    ['PgBouncer: server gone', server('08P01', 'server login has been failing, try again later'), 'failure', '08P01'],
    ['PgBouncer: misconfigured', server('08P01', 'bouncer config error'), 'ignored', '08P01'],
    ['PgBouncer: wrong database', server('08P01', 'no such database: shop'), 'ignored', '08P01'],
    ['PgBouncer: wrong password', server('08P01', 'password authentication failed'), 'ignored', '08P01'],
    [
      'PgBouncer: a setting it does not accept',
      server('08P01', 'unsupported startup parameter: statement_timeout'),
      'ignored',
      '08P01',
    ],
    ['no file handle left in this process', system('EMFILE'), 'ignored', 'EMFILE'],
    ['nor in this machine', system('ENFILE'), 'ignored', 'ENFILE'],
    ['no buffer', system('ENOBUFS'), 'ignored', 'ENOBUFS'],
    ['no memory', system('ENOMEM'), 'ignored', 'ENOMEM'],
    ['no local port', system('EADDRNOTAVAIL'), 'ignored', 'EADDRNOTAVAIL'],
    ['no permission to use the network', system('EPERM'), 'ignored', 'EPERM'],
    ['no permission to use the socket', system('EACCES'), 'ignored', 'EACCES'],
    ['a refused connection', refused, 'failure', 'ECONNREFUSED'],
    ['a reset', system('ECONNRESET'), 'failure', 'ECONNRESET'],
    ['a broken pipe, although EPIPE looks like a SQLSTATE', system('EPIPE'), 'failure', 'EPIPE'],
    ['a Unix socket that is not there', system('ENOENT'), 'failure', 'ENOENT'],
    ['a name that does not resolve', system('ENOTFOUND'), 'failure', 'ENOTFOUND'],
    ['all addresses refused', new AggregateError([refused, refused]), 'failure', 'ECONNREFUSED'],
    ['no file handle for any address', aggregate(system('EMFILE'), system('EMFILE')), 'ignored', 'EMFILE'],
    ['one address refused', aggregate(system('EMFILE'), refused), 'failure', 'ECONNREFUSED'],
    ['one address refused, in the other order', aggregate(refused, system('EMFILE')), 'failure', 'ECONNREFUSED'],
    ['one breaker refused, another address failed', aggregate(open, refused), 'failure', 'ECONNREFUSED'],
    ['all breakers refused', aggregate(open, open), 'ignored', 'EOPENBREAKER'],
    ['one answer, one failure', aggregate(server('23505'), refused), 'failure', 'ECONNREFUSED'],
    ['TLS', Object.assign(new Error('self-signed'), { code: 'CERT_HAS_EXPIRED' }), 'failure', 'CERT_HAS_EXPIRED'],
    ['gone in the middle', new Error('Connection terminated unexpectedly'), 'failure', 'connection'],
    ['gone', new Error('Connection terminated'), 'failure', 'connection'],
    [
      'gone before',
      new Error('Client has encountered a connection error and is not queryable'),
      'failure',
      'connection',
    ],
    ['slow to connect', new Error('Connection terminated due to connection timeout'), 'failure', 'timeout'],
    ['slow to connect, a client alone', new Error('timeout expired'), 'failure', 'timeout'],
    ['slow to answer', new Error('Query read timeout'), 'failure', 'timeout'],
    [
      'a full pool is this side’s load',
      new Error('timeout exceeded when trying to connect'),
      'ignored',
      'pool_exhausted',
    ],
    ['an ended pool', new Error('Cannot use a pool after calling end on the pool'), 'ignored', 'caller'],
    ['ended twice', new Error('Called end on pool more than once'), 'ignored', 'caller'],
    ['a closed client', new Error('Client was closed and is not queryable'), 'ignored', 'caller'],
    [
      'no text',
      new Error('A query must have either text or a name. Supplying neither is unsupported.'),
      'ignored',
      'caller',
    ],
    ['one name, two texts', new Error("Prepared statements must be unique - 'a' was used…"), 'ignored', 'caller'],
    ['bad arguments', new TypeError('Client was passed a null or undefined query'), 'ignored', 'caller'],
    ['a type parser that threw', new SyntaxError('Unexpected token'), 'ignored', 'caller'],
    ['what drizzle wraps', new DrizzleQueryError('insert', [], server('23505')), 'success', '23505'],
    [
      'what Neon wraps',
      Object.assign(new Error('?'), { sourceError: new TypeError('fetch failed') }),
      'ignored',
      'caller',
    ],
    [
      'a fetch whose connection was refused',
      Object.assign(new Error('?'), { sourceError: new TypeError('fetch failed', { cause: refused }) }),
      'failure',
      'ECONNREFUSED',
    ],
    ['a breaker further down that refused', new Error('?', { cause: open }), 'ignored', 'EOPENBREAKER'],
    ['anything else', new Error('?'), 'failure', 'unknown'],
    ['not even an error', 'oops', 'failure', 'unknown'],
    ['nothing at all', undefined, 'failure', 'unknown'],
  ])('%s', (_rule, error, outcome, kind) => {
    expect(classifyPgError(error)).toEqual({ outcome, kind });
  });

  it.each<[rule: string, code: string, context: PgErrorContext, outcome: string]>([
    ['a wrong password shows nothing while connecting', '28P01', { connecting: true }, 'ignored'],
    ['nor does a rule that forbids all logins', '28000', { connecting: true }, 'ignored'],
    ['nor a missing database', '3D000', { connecting: true }, 'ignored'],
    ['nor a missing privilege', '42501', { connecting: true }, 'ignored'],
    ['too many connections fail while connecting, too', '53300', { connecting: true }, 'failure'],
    ['a primary that is read-only has been replaced', '25006', { role: 'primary' }, 'failure'],
    ['a replica that is read-only is right', '25006', { role: 'replica' }, 'ignored'],
  ])('%s', (_rule, code, context, outcome) => {
    expect(classifyPgError(server(code), context)).toEqual({ outcome, kind: code });
  });

  it.each<[what: string, code: string, severity: string, outcome: string]>([
    ['an unknown state', 'HV000', 'MORTIGA', 'failure'],
    ['an internal error', 'XX000', 'MORTIGA', 'failure'],
    ['a wrong password', '28P01', 'ВАЖНО', 'ignored'],
    ['too many connections', '53300', '致命错误', 'failure'],
  ])('every error while connecting ends the connection, in any language: %s', (_what, code, severity, outcome) => {
    expect(classifyPgError(server(code, '', severity), { connecting: true })).toEqual({ outcome, kind: code });
  });

  it.each<[what: string, error: unknown]>([
    ['a cycle of causes', circle()],
    ['25 errors that point back at their aggregate', pointingBack()],
    ['fields that throw', throwing('code', 'message', 'name', 'severity', 'routine', 'cause', 'errors')],
    ['a cause that throws', throwing('cause')],
    ['a proxy that throws', new Proxy(new Error('?'), { get: thrower, has: thrower, getPrototypeOf: thrower })],
    ['a revoked proxy', revoked()],
    ['a million errors', new AggregateError(Array.from({ length: 1e6 }, () => new Error('?')))],
    ['a code that is not a string', Object.assign(new Error('?'), { code: { toString: thrower } })],
    ['a ruling that a server sent', Object.assign(new Error('?'), { '@switchgear/ruling': { outcome: 'excellent' } })],
    ['a success that an error claims', Object.assign(new Error('?'), { '@switchgear/ruling': { outcome: 'success' } })],
  ])('an unreadable error is an unknown failure: %s', (_what, error) => {
    expect(classifyPgError(error)).toEqual({ outcome: 'failure', kind: 'unknown' });
    expect(classifyPgError(error, { released: true }).outcome).toBe('failure');
  });
});

function circle(): Error {
  const error = new Error('?');
  error.cause = error;
  return error;
}

function pointingBack(): Error {
  const members = Array.from({ length: 25 }, () => new Error('?'));
  const whole = new AggregateError(members);
  for (const member of members) member.cause = whole;
  return whole;
}

function thrower(): never {
  throw new Error('not to be read');
}

function throwing(...fields: string[]): Error {
  const error = new Error('?');
  for (const field of fields) Object.defineProperty(error, field, { get: thrower });
  return error;
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable(new Error('?'), {});
  revoke();
  return proxy;
}
