import type { Bus } from '../ports/bus.ts';
import { KEPT, MOST_BYTES, mailboxBus } from '../store/mailbox.ts';
import { requireName } from '../store/name.ts';
import { type Emits, overhearErrors } from '../store/overhear-errors.ts';
import { ownTable } from './own-table.ts';
import { identifier, NOW, type PgPool, type PostgresJs, type PostgresQueries, queriesOf } from './postgres-client.ts';

const DRIVER = 'postgresMailbox';

/**
 * A bus over a table of PostgreSQL, for clients that cannot listen: behind PgBouncer, in functions, over HTTP. Each report that
 * is sent brings those of others; in peace that is every two seconds.
 *
 * @param client a pool of `pg`, the `sql` of `postgres`, or `neon()` of `@neondatabase/serverless`. While the bus is open a pool
 *   has a listener for its errors, which tells them as events `fault`: without one, they end the process
 * @param table an unlogged one, made when it is missing
 * @default table 'switchgear_reports'
 * @throws {TypeError} if this is not a client of PostgreSQL
 */
export function postgresMailbox(
  client: PgPool | PostgresJs | PostgresQueries,
  table: string = 'switchgear_reports',
): Bus {
  requireName(DRIVER, table);
  const run = ownTable(queriesOf(DRIVER, client), table, COLUMNS, 'unlogged table');
  const exchange = exchangeIn(identifier(table));
  return mailboxBus(
    DRIVER,
    async (box, report, readTo) => {
      const rows = await run(exchange, [box, report, readTo, String(KEPT), String(MOST_BYTES)]);
      const letters = rows.map((row) => ({ report: String(row['report']), age: Number(row['age']) }));
      return { letters, readTo: String(rows.at(-1)?.['left_at'] ?? readTo) };
    },
    (fail) => overhearErrors(client as Emits, fail),
  );
}

/** Room in each page lets a report be replaced in place. */
const COLUMNS = `(box text primary key, report text not null, left_at bigint not null) with (fillfactor = 50)`;

/** Leaves a report, and reads on from where this reader was. Nobody waits for a row that another is just deleting. */
function exchangeIn(table: string): string {
  return `
with now as materialized (select ${NOW} as us),
mine as (
  insert into ${table} as t (box, report, left_at) select $1::text, $2::text, us from now
  on conflict (box) do update set report = excluded.report, left_at = greatest(excluded.left_at, t.left_at + 1)
),
gone as (
  delete from ${table} where box in (
    select box from ${table}, now where left_at < us - $4::bigint * 1000 and box <> $1::text limit 100 for update of ${table} skip locked
  )
)
select report, left_at::text, greatest(0, (us - left_at) / 1000)::text as age
from (
  select report, left_at, sum(octet_length(report)) over (order by left_at) - octet_length(report) as bytes_before
  from ${table} where box <> $1::text and left_at > $3::bigint
) as newer, now
where bytes_before <= $5::bigint and left_at >= us - $4::bigint * 1000
order by left_at`;
}
