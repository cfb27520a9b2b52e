import { randomUUID } from 'node:crypto';
import { type Postgres, startPostgres } from '@switchgear/testkit/postgres';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';

/** A PostgreSQL server for all tests of a file. */
export interface FilePostgres {
  /** The server, once the tests run. */
  server(): Postgres;

  /** Makes an empty database and resolves to its URL. It goes with the server. */
  createDatabase(): Promise<string>;
}

/** Starts a server before the tests of this file and stops it after them. */
export function filePostgres(): FilePostgres {
  let server: Postgres | undefined;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  const running = () => {
    if (!server) throw new Error('The server runs only while tests do');
    return server;
  };
  return {
    server: running,
    async createDatabase() {
      const name = `test_${randomUUID().slice(0, 8)}`;
      const client = new pg.Client({ connectionString: running().url });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      const url = new URL(running().url);
      url.pathname = `/${name}`;
      return url.href;
    },
  };
}
