import { executableOrSkip, findExecutable, type Program } from '../programs/executable-or-skip.ts';

const PGBOUNCER: Program = {
  title: 'PgBouncer',
  name: 'pgbouncer',
  variable: 'PGBOUNCER_PATH',
  debian: 'pgbouncer',
};

/** The executable of PgBouncer: `PGBOUNCER_PATH`, or else the first on this machine; `undefined` if there is none. */
export function findPgBouncer(): string | undefined {
  return findExecutable(PGBOUNCER);
}

/**
 * The executable of a PgBouncer for tests, or `undefined` if there is none and the tests have to be skipped.
 *
 * @throws {Error} if there is none and `CI` is set, because a skipped test has not passed
 */
export function pgBouncerOrSkip(): string | undefined {
  return executableOrSkip(PGBOUNCER);
}
