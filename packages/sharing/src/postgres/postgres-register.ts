import type { Register, Written } from '../ports/register.ts';
import { storeFault } from '../store/fault.ts';
import { requireName } from '../store/name.ts';
import { type Emits, overhearErrors } from '../store/overhear-errors.ts';
import { ownTable } from './own-table.ts';
import {
  identifier,
  NOW,
  type PgPool,
  type PostgresJs,
  type PostgresQueries,
  queriesOf,
  type Row,
} from './postgres-client.ts';

const DRIVER = 'postgresRegister';

/**
 * A register in a table of PostgreSQL. It is linearizable on one primary. A failover to an asynchronous replica may lose the
 * last writings, and then more than one instance may probe.
 *
 * @param client a pool of `pg`, the `sql` of `postgres`, or `neon()` of `@neondatabase/serverless`. A pool gets a listener for
 *   its errors, as with {@link postgresMailbox}
 * @param table made when it is missing
 * @default table 'switchgear_register'
 * @throws {TypeError} if this is not a client of PostgreSQL
 */
export function postgresRegister(
  client: PgPool | PostgresJs | PostgresQueries,
  table: string = 'switchgear_register',
): Register {
  requireName(DRIVER, table);
  const run = ownTable(queriesOf(DRIVER, client), table, COLUMNS, 'table');
  const { find, insert, update } = statementsFor(identifier(table));
  overhearErrors(client as Emits, () => {});

  const found = async (prefix: string) => new Map((await run(find, [prefix])).map(entryOf));

  /** Undefined if it lost. */
  const attempt = async (key: string, expected: string | undefined, value: string, ttl: number) => {
    const rows = await run(expected === undefined ? insert : update, [key, value, String(ttl), expected ?? '0']);
    return rows[0] && entryOf(rows[0])[1];
  };

  return {
    read: (prefix) =>
      found(prefix).catch((error) => {
        throw storeFault(DRIVER, 'read', error);
      }),

    async swap(key, expected, value, ttl) {
      try {
        for (;;) {
          const won = await attempt(key, expected, value, ttl);
          if (won) return { won: true, now: won };
          // Versions never come again, so what stands there now is another one, too.
          const now = (await found(key)).get(key);
          if (now || expected !== undefined) return { won: false, now };
          // What stood in the way of a first writing has gone since.
        }
      } catch (error) {
        throw storeFault(DRIVER, 'swap', error);
      }
    },
  };
}

function entryOf(row: Row): [key: string, Written] {
  const { key, version, value, age } = row as Record<string, string>;
  return [String(key), { version: String(version), value: String(value), age: Number(age) }];
}

/** Microseconds of the server. A version is one too, and rises also where a failover has set the clock back. */
const COLUMNS = `(
  key text primary key, version bigint not null, value text not null, written_at bigint not null, needed_until bigint not null
)`;

function statementsFor(table: string): Readonly<Record<'find' | 'insert' | 'update', string>> {
  const returned = `t.key, t.version::text, t.value, greatest(0, (${NOW} - t.written_at) / 1000)::text as age`;
  const set = `version = greatest(t.version + 1, ${NOW}), value = $2, written_at = ${NOW}, needed_until = ${NOW} + $3::bigint * 1000`;
  return {
    find: `select ${returned} from ${table} as t where starts_with(t.key, $1) and t.needed_until > ${NOW}`,
    update: `update ${table} as t set ${set} where t.key = $1 and t.version = $4::bigint and t.needed_until > ${NOW} returning ${returned}`,
    insert: `
with gone as (
  delete from ${table} where key in (
    select key from ${table} where needed_until < ${NOW} and key <> $1 and $4 = '0' limit 100 for update skip locked
  )
)
insert into ${table} as t (key, version, value, written_at, needed_until)
values ($1, ${NOW}, $2, ${NOW}, ${NOW} + $3::bigint * 1000)
on conflict (key) do update set ${set} where t.needed_until <= ${NOW}
returning ${returned}`,
  };
}
