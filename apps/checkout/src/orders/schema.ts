import type { Pool } from 'pg';

/** One row for each payment still owed or made. `not_before` is both the lease of whoever tries it now and the wait after a failure. */
const SCHEMA = `
  create table if not exists orders (
    reference text primary key,
    amount_cents integer not null check (amount_cents > 0),
    placed_at timestamptz not null default now()
  );
  create table if not exists payment_outbox (
    order_reference text primary key references orders,
    idempotency_key uuid not null unique default gen_random_uuid(),
    not_before timestamptz not null,
    attempts integer not null default 0,
    last_error text,
    paid_at timestamptz
  );
  create index if not exists payment_outbox_due on payment_outbox (not_before) where paid_at is null;
`;

/** Makes the tables where they are missing. */
export async function createSchema(pool: Pool): Promise<void> {
  await pool.query(SCHEMA);
}
