export { mariaDbOrSkip } from './mariadb-or-skip.ts';
export { type MariaDb, startMariaDb } from './start-mariadb.ts';
