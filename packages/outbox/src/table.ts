/**
 * What makes the table where it is missing: for a migration of yours, or `outbox.createTable()`.
 *
 * `not_before` is both the lease of whoever tries a message now and the wait after a failure. `attempts` counts claims, so
 * a message that ends the process that tries it is counted too.
 *
 * @param table as in the options
 */
export function tableOf(table: string): string {
  const index = `${table.replace(/^\w+\./, '')}_due`;
  return `
    create table if not exists ${table} (
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
    create index if not exists ${index} on ${table} (queue, not_before)
      where delivered_at is null and set_aside_at is null;
  `;
}

/** The channel on which new messages of a table are told of. */
export function channelOf(table: string): string {
  return table.replace('.', '_');
}
