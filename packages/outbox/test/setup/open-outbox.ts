import { randomUUID } from 'node:crypto';
import { Pool, type PoolConfig } from 'pg';
import { inject, onTestFinished } from 'vitest';
import { createOutbox, type Outbox, type OutboxOptions } from '../../src/index.ts';

/** What the messages of these tests carry. */
export interface Order {
  readonly order: string;
}

/** An outbox over a table of its own, and the pool under it. */
export interface Opened {
  readonly pool: Pool;
  readonly table: string;
  readonly outbox: Outbox<Order>;
  /** What has been delivered, in order. */
  readonly delivered: string[];
  /** What went wrong beside the deliveries. */
  readonly errors: unknown[];
  /** Another process at the same table, as far as the table can tell. */
  another(options?: Partial<OutboxOptions<Order>>): Outbox<Order>;
}

/** Opens an outbox whose deliveries succeed by default. */
export async function openOutbox(
  options: Partial<OutboxOptions<Order>> = {},
  max = 10,
  config: PoolConfig = {},
): Promise<Opened> {
  const pool = new Pool({ connectionString: inject('url'), max, ...config });
  pool.on('error', () => undefined);
  const table = `outbox_${randomUUID().replaceAll('-', '')}`;
  const delivered: string[] = [];
  const errors: unknown[] = [];
  const another = (more: Partial<OutboxOptions<Order>> = {}): Outbox<Order> =>
    createOutbox<Order>(pool, {
      queue: 'payments',
      deliver: async ({ payload }) => void delivered.push(payload.order),
      table,
      onError: (error) => errors.push(error),
      ...options,
      ...more,
    });
  const outbox = another();
  await outbox.createTable();
  onTestFinished(async () => {
    if (pool.ending) return;
    await pool.query(`drop table ${table}`);
    await pool.end();
  });
  return { pool, table, outbox, delivered, errors, another };
}

/** Drains until the condition holds, then stops and waits until all is at rest. */
export async function drainUntil(outbox: Outbox<Order>, condition: () => boolean | Promise<boolean>): Promise<void> {
  const stop = new AbortController();
  const drained = outbox.drain(stop.signal);
  const { expect } = await import('vitest');
  await expect.poll(condition, { timeout: 20_000, interval: 20 }).toBe(true);
  stop.abort();
  await drained;
}
