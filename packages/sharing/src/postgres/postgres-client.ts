import { invalid } from '@switchgear/core/adapter';
import type { Emits } from '../store/overhear-errors.ts';

/** A row as text, whatever the types of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** A pool of `pg`: what is used of it. */
export interface PgPool extends Emits {
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly Row[] }>;
  connect(): Promise<PgClient>;
}

/** A client that was taken from a pool of `pg`, which only listens and notifies. */
export interface PgClient extends Emits {
  query(text: string, values: unknown[]): Promise<unknown>;
  on(event: 'notification', listener: (message: { readonly payload?: string | undefined }) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  release(destroy: true): void;
}

/** The `sql` of `postgres`, which is postgres.js: what is used of it. */
export interface PostgresJs {
  unsafe(text: string, values: string[]): PromiseLike<readonly Row[]>;
  listen(channel: string, hear: (report: string) => void): PromiseLike<{ unlisten(): Promise<unknown> }>;
  notify(channel: string, report: string): PromiseLike<unknown>;
}

/** A client that only queries, such as `neon()` of `@neondatabase/serverless`: what is used of it. */
export interface PostgresQueries {
  query(text: string, values: unknown[]): PromiseLike<readonly Row[] | { readonly rows: readonly Row[] }>;
}

/** Runs one statement. */
export type RunQuery = (text: string, values: string[]) => Promise<readonly Row[]>;

/** How this client runs a statement. */
export function queriesOf(driver: string, client: PgPool | PostgresJs | PostgresQueries): RunQuery {
  if (client && 'unsafe' in client) return async (text, values) => client.unsafe(text, values);
  if (typeof client?.query !== 'function')
    invalid(`${driver} client`, 'a client of PostgreSQL', client, "new pg.Pool() of 'pg'");
  return async (text, values) => {
    const answer = await client.query(text, values);
    return 'rows' in answer ? answer.rows : answer;
  };
}

/** A name as it stands in a statement. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The present, in microseconds of the server. */
export const NOW = '(extract(epoch from clock_timestamp()) * 1000000)::bigint';
