import { readText } from '@switchgear/core/adapter';

/**
 * FATAL and PANIC in the languages of PostgreSQL 15. pg keeps field S of an error, which is translated, and drops field V,
 * which is not. PgBouncer writes English.
 */
const ENDING_SEVERITIES: ReadonlySet<unknown> = new Set([
  'FATAL', // de, en, es, fr, ja
  'FATALE',
  'FATALT',
  'ВАЖНО',
  'ФАТАЛЬНО',
  'ფატალური',
  '치명적오류',
  '致命错误',
  'PANIC', // en, es, fr, ja
  'PANICO',
  'PANIK', // de, sv
  'ПАНИКА',
  'ПАНІКА',
  'პანიკა',
  '손상',
  '比致命错误还过分的错误',
]);

/** SQLSTATEs that a server sends only as it ends the connection, in any language. */
const ENDING_STATES: ReadonlySet<unknown> = new Set([
  '25P03', // idle in a transaction for too long
  '25P04', // a transaction that took too long
  '57P01', // shut down, or terminated by an operator
  '57P02', // crashed
  '57P03', // starts up
  '57P04', // the database was dropped
  '57P05', // idle for too long
]);

/** Whether the severity of an error, in any language, means that the connection ends with it. */
export function isFatal(error: unknown): boolean {
  return ENDING_SEVERITIES.has(readText(error, 'severity'));
}

/** Whether the server, or a proxy in front of it, ends the connection with this error. */
export function endsConnection(error: unknown): boolean {
  return isFatal(error) || ENDING_STATES.has(readText(error, 'code'));
}

/** The function in PostgreSQL's source that reports a COPY which the client has failed. Never translated. */
const COPY_ROUTINE = 'CopyGetData';

/** The same for servers that do not name their source. */
const COPY_FAILED = /^COPY from stdin failed/i;

/**
 * PostgreSQL's message for a statement that was cancelled on request or by recovery. A statement timeout has the same
 * SQLSTATE and comes from the same place in its source, so only the words differ: these are those of all its languages.
 */
const CANCELLED =
  /user request|conflict with recovery|Benutzeraufforderung|Konflikt mit der Wiederherstellung|petición del usuario|conflicto con la recuperación|demande de l['’]utilisateur|conflit avec la restauration|richiesta dell['’]utente|conflitto con il ripristino|ユーザーからの要求|リカバリで競合|აღდგენასთან კონფლიქტის|사용자 요청|복구 작업 중 충돌|запросу пользователя|конфликта с процессом восстановления|användares begäran|konflikt med återställning|запиту користувача|конфлікт з процесом відновлення|用户请求|恢复操作冲突/i;

/**
 * Whether a statement that ended with `57014` was cancelled for a reason other than its slowness: on request, by recovery,
 * or because the source of a COPY broke off on the caller's side.
 */
export function wasCancelled(error: unknown): boolean {
  const message = readText(error, 'message') ?? '';
  return readText(error, 'routine') === COPY_ROUTINE || COPY_FAILED.test(message) || CANCELLED.test(message);
}

/** PgBouncer's own configuration, and what it does not accept from its clients. */
const MISCONFIGURED =
  /bouncer config error|no such (?:database|user)|authentication failed|unsupported startup parameter/i;

/** A client that kept PgBouncer waiting, rather than the other way round. */
const IDLE_CLIENT = /^(?:client_idle_timeout|idle[ _]transaction[ _]timeout)/i;

/** How PostgreSQL's message begins if values do not fit their placeholders, whatever the statement is called. */
const BIND = /^bind message /;

/**
 * The outcome of `08P01`, the code of every error of PgBouncer. PostgreSQL itself uses it for malformed messages, such as a
 * bind with too few values, and then names the place in its source, which PgBouncer cannot.
 */
export function outcomeOfProtocolViolation(error: unknown, fatal: boolean): 'success' | 'ignored' | 'failure' {
  const message = readText(error, 'message') ?? '';
  if (MISCONFIGURED.test(message) || IDLE_CLIENT.test(message)) return 'ignored';
  const fromPostgres = readText(error, 'routine') !== undefined || BIND.test(message);
  return fromPostgres && !fatal ? 'success' : 'failure';
}
