import { executableOrSkip, findExecutable, type Program } from '../programs/executable-or-skip.ts';

const PGBOUNCER: Program = {
  title: 'PgBouncer',
  name: 'pgbouncer',
  variable: 'PGBOUNCER_PATH',
  debian: 'pgbouncer',
};

/** The executable of PgBouncer: `PGBOUNCER_PATH`, or else the first on this machine; `undefined` where there is none. */
export function findPgBouncer(): string | undefined {
  return findExecutable(PGBOUNCER);
}

/**
 * The executable of a PgBouncer for tests, or `undefined` where there is none and the tests are to be skipped.
 *
 * @throws {Error} when there is none and `CI` is set: a test that did not run has not passed
 */
export function pgBouncerOrSkip(): string | undefined {
  return executableOrSkip(PGBOUNCER);
}
