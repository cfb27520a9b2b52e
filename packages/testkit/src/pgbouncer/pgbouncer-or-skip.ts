import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian puts it among the tools of root, which an ordinary user's PATH leaves out. */
const FOLDERS = ['/usr/sbin', '/usr/local/sbin'];

/** The executable of PgBouncer: `PGBOUNCER_PATH`, or else the first on this machine; `undefined` where there is none. */
export function findPgBouncer(): string | undefined {
  const { PATH = '', PGBOUNCER_PATH } = process.env;
  const installed = [...PATH.split(delimiter), ...FOLDERS].map((folder) => join(folder, 'pgbouncer'));
  return (PGBOUNCER_PATH === undefined ? installed : [PGBOUNCER_PATH]).find(isExecutable);
}

/**
 * The executable of a PgBouncer for tests, or `undefined` where there is none and the tests are to be skipped.
 *
 * @throws {Error} when there is none and `CI` is set: a test that did not run has not passed
 */
export function pgBouncerOrSkip(): string | undefined {
  const executable = findPgBouncer();
  if (executable !== undefined) return executable;
  const message = 'No PgBouncer for its tests: no npm package brings one, Debian calls it pgbouncer';
  if (process.env['CI']) throw new Error(message);
  process.stderr.write(`\n*** SKIPPED. ${message}\n*** Install it, or set PGBOUNCER_PATH.\n\n`);
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
