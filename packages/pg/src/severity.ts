import { readText } from '@switchgear/core/adapter';

/**
 * The words for FATAL and PANIC in the languages of PostgreSQL 15. pg hands on field S of an error, which is translated,
 * and drops field V, which is not; PgBouncer speaks English.
 */
const ENDING: ReadonlySet<unknown> = new Set([
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

/** States that a server sends only as it ends the connection, whatever language it speaks. */
const ENDING_STATES: ReadonlySet<unknown> = new Set([
  '25P03', // idle in a transaction for too long
  '25P04', // a transaction that took too long
  '57P01', // shut down, or terminated by an operator
  '57P02', // crashed
  '57P03', // starts up
  '57P04', // the database was dropped
  '57P05', // idle for too long
]);

/** Whether the severity of an error, in whatever language, says that nothing follows it. */
export function isFatal(error: unknown): boolean {
  return ENDING.has(readText(error, 'severity'));
}

/** Whether the server, or what stands before it, says that the connection ends with this error. */
export function endsConnection(error: unknown): boolean {
  return isFatal(error) || ENDING_STATES.has(readText(error, 'code'));
}
