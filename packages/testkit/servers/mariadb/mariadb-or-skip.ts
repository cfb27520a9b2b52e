import { dirname, join } from 'node:path';
import { executableOrSkip } from '../programs/executable-or-skip.ts';

/** The server, and the program that makes its folder. */
export interface MariaDbPrograms {
  readonly server: string;
  readonly install: string;
}

/**
 * The executables of a MariaDB for tests (`MARIADB_PATH`, or the first on this machine), or `undefined` if there are none and
 * the tests have to be skipped.
 *
 * @throws {Error} if there are none and `CI` is set, because a skipped test has not passed
 */
export function mariaDbOrSkip(): MariaDbPrograms | undefined {
  const server = executableOrSkip({
    title: 'MariaDB',
    name: 'mariadbd',
    variable: 'MARIADB_PATH',
    debian: 'mariadb-server',
  });
  return server === undefined ? undefined : { server, install: join(dirname(server), '../bin/mariadb-install-db') };
}
