import { randomUUID } from 'node:crypto';
import { startPostgres } from '@switchgear/testkit/postgres';
import pg from 'pg';
import type { Remains } from './remains.ts';
import { type Run, unlessStopped } from './run.ts';

/** One side's database. */
export interface SideDatabase {
  readonly url: string;

  /** Ends its server between two instructions; absent when the server is not ours to kill. */
  readonly kill?: () => Promise<void>;

  /** Starts its server again. */
  readonly restart?: () => Promise<void>;
}

/** A PostgreSQL server of its own, in a fresh folder. It deletes itself when we end, however we end. */
export async function startOwnDatabase(run: Run): Promise<SideDatabase> {
  run.signal.throwIfAborted();
  const starting = startPostgres();
  run.cleanup.defer(async () => {
    const server = await starting.catch(() => undefined);
    await server?.stop();
  });
  const { url, kill, restart } = await unlessStopped(starting, run);
  return { url, kill, restart };
}

/** A database of its own on somebody's server. */
export async function createDatabaseOn(
  server: string,
  side: string,
  leave: (remains: Remains) => void,
  run: Run,
): Promise<SideDatabase> {
  const database = `checkout_${side}_${randomUUID().slice(0, 8)}`;
  leave({ server, database });
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 5_000 });
  run.cleanup.defer(() => client.end());
  await unlessStopped(client.connect(), run);
  await client.query(`create database ${pg.escapeIdentifier(database)}`);
  const url = new URL(server);
  url.pathname = `/${database}`;
  return { url: url.href };
}
