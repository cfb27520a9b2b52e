import type { Outbox } from '@switchgear/outbox';
import type { Pool } from 'pg';

const SCHEMA = `
  create table if not exists orders (
    reference text primary key,
    amount_cents integer not null check (amount_cents > 0),
    placed_at timestamptz not null default now(),
    paid_at timestamptz
  );
`;

/** Makes the tables where they are missing. */
export async function createSchema(pool: Pool, outbox: Pick<Outbox<never>, 'createTable'>): Promise<void> {
  await pool.query(SCHEMA);
  await outbox.createTable();
}
