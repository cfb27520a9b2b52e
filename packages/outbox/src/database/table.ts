import type { Queryable } from './database.ts';
import { namesOf } from './names.ts';

/** The advisory lock under which tables are made, so that processes that start together do not race: 'outbox' in ASCII. */
const MAKING = 0x6f7574626f78;

/**
 * What makes the table where it is missing: for a migration of yours, or `outbox.createTable()`.
 *
 * `not_before` is both the lease of the attempt under way and the wait after a failure. `attempts` counts claims, so
 * a message that ends the process that tries it is counted too.
 *
 * @param table as in the options
 * @throws {TypeError} when it is no name of a table
 */
export function tableOf(table: string): string {
  const { table: name, index } = namesOf(table);
  return `
    select pg_advisory_xact_lock(${MAKING});
    create table if not exists ${name} (
      queue text not null,
      key text not null default gen_random_uuid()::text,
      payload jsonb not null,
      not_before timestamptz not null default now(),
      attempts integer not null default 0,
      last_error text,
      added_at timestamptz not null default now(),
      delivered_at timestamptz,
      set_aside_at timestamptz,
      primary key (queue, key)
    );
    create index if not exists ${index} on ${name} (queue, not_before)
      where delivered_at is null and set_aside_at is null;
  `;
}

/** Makes the table where it is missing. Where it is there already it takes no lock, so that it waits for no transaction. */
export async function makeTable(pool: Queryable, table: string): Promise<void> {
  const { table: name, fullIndex } = namesOf(table);
  const text = 'select to_regclass($1) is not null and to_regclass($2) is not null as "isThere"';
  const { rows } = await pool.query(text, [name, fullIndex]);
  if (!rows[0].isThere) await pool.query(tableOf(table));
}
