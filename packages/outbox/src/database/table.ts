import { createHash } from 'node:crypto';
import { invalid } from '@switchgear/core/adapter';
import type { Queryable } from './held-client.ts';

/** PostgreSQL truncates names after this many bytes; the name of a channel must be shorter than its buffer of 64. */
const LONGEST_NAME = 63;

const TABLE = /^(?:\w{1,63}\.)?\w{1,63}$/;

/** The names derived from a table's. */
export interface Names {
  /** The table as it is written in statements, quoted. */
  readonly table: string;

  /** Its index on due messages, quoted, without the schema: an index is always in the schema of its table. */
  readonly index: string;

  /** The same with the table's schema, to look it up. */
  readonly fullIndex: string;

  /** The channel that announces new messages, without quotes. */
  readonly channel: string;
}

/**
 * The names that follow from the option `table`. Capitals are lowered, as in SQL without quotes. All names are quoted, so that
 * a table may be named like an SQL keyword, and shortened where PostgreSQL would truncate them.
 *
 * @throws {TypeError} if it is not the name of a table
 */
export function namesOf(table: unknown): Names {
  if (typeof table !== 'string' || !TABLE.test(table)) {
    const rule = table === '' || typeof table !== 'string' || !/^[\w.]+$/.test(table);
    invalid(
      'table',
      rule ? 'a name, or schema.name' : `a name of at most ${LONGEST_NAME} letters, or schema.name`,
      table,
    );
  }
  const parts = table.toLowerCase().split('.');
  const schema = parts.slice(0, -1).map(quoted);
  const index = quoted(shortened(`${parts.at(-1)}_due`));
  return {
    table: parts.map(quoted).join('.'),
    index,
    fullIndex: [...schema, index].join('.'),
    channel: shortened(parts.join('_')),
  };
}

/** A name in double quotes, for statements. */
export function quoted(name: string): string {
  return `"${name}"`;
}

/** The name itself, or a unique shorter one if PostgreSQL would truncate it. */
function shortened(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${name.slice(0, LONGEST_NAME - hash.length - 1)}_${hash}`;
}

/** The advisory lock under which tables are created, so that processes that start together do not race: 'outbox' in ASCII. */
const CREATING = 0x6f7574626f78;

/**
 * The SQL that creates the table if it does not exist, for your migrations; `outbox.createTable()` runs the same.
 *
 * `not_before` is both the lease of the current attempt and the wait after a failure. `attempts` counts claims, so that a
 * message that crashes the process that tries it is counted too.
 *
 * @param table as in the options
 * @throws {TypeError} if it is not the name of a table
 */
export function tableOf(table: string): string {
  const { table: name, index } = namesOf(table);
  return `
    select pg_advisory_xact_lock(${CREATING});
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

/** Creates the table if it does not exist. If it does, this takes no lock, so that it waits for no transaction. */
export async function createTable(pool: Queryable, table: string): Promise<void> {
  const { table: name, fullIndex } = namesOf(table);
  const text = 'select to_regclass($1) is not null and to_regclass($2) is not null as "exists"';
  const { rows } = await pool.query(text, [name, fullIndex]);
  if (!rows[0].exists) await pool.query(tableOf(table));
}
