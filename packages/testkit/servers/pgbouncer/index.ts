export { findPgBouncer, pgBouncerOrSkip } from './pgbouncer-or-skip.ts';
export { type PgBouncer, type PgBouncerOptions, startPgBouncer } from './start-pgbouncer.ts';
