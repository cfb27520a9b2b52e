import type { Pool } from 'pg';
import type { Queues } from './queues.ts';

const SCHEMA = `
  create table if not exists orders (
    reference text primary key,
    customer text not null,
    product text not null,
    amount_cents integer not null check (amount_cents > 0),
    placed_at timestamptz not null default now(),
    -- When the customer was told that the payment follows, if so.
    queued_at timestamptz,
    paid_at timestamptz,
    paid_by text
  );
`;

/** Makes the tables where they are missing. The queues share one. */
export async function createSchema(pool: Pool, { payments }: Pick<Queues, 'payments'>): Promise<void> {
  await pool.query(SCHEMA);
  await payments.createTable();
}
