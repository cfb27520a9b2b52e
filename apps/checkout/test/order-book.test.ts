import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { createPool } from '../src/orders/database.ts';
import { createLines } from '../src/orders/lines.ts';
import { createOrderBook, type OrderBook } from '../src/orders/order-book.ts';
import { createQueues, type Queues } from '../src/orders/queues.ts';
import { createSchema } from '../src/orders/schema.ts';
import { noStandIns } from '../src/orders/stand-ins.ts';
import { filePostgres } from './file-postgres.ts';
import { stage } from './stage.ts';

const { createDatabase } = filePostgres();

interface Books {
  readonly pool: Pool;
  readonly orders: OrderBook;
  readonly queues: Queues;
}

/** Books of a shop whose providers take every payment. */
async function openBooks(): Promise<Books> {
  const { cleanup } = stage();
  const pool = createPool(await createDatabase());
  cleanup.defer(() => pool.end());
  const lines = createLines(() => 'http://127.0.0.1:1');
  lines.payments.defaults.adapter = async (config) => ({ config, data: {}, status: 201, statusText: '', headers: {} });
  const queues = createQueues(pool, { lines, idempotencyKeys: true, standIns: noStandIns() });
  await createSchema(pool, queues);
  return { pool, orders: createOrderBook(pool, queues), queues };
}

const ORDER = { reference: 'order-1', customer: 'customer-1', product: 'product-1', amountCents: 100 };

describe('an order book', () => {
  it('writes down an order and its payment, or neither', async () => {
    const { pool, orders, queues } = await openBooks();
    await pool.query("alter table switchgear_outbox add check (key <> 'order-1')");
    await expect(orders.place(ORDER)).rejects.toMatchObject({ code: '23514' });
    expect(await orders.find('order-1')).toBeUndefined();
    expect(await queues.payments.counts()).toMatchObject({ waiting: 0 });
  });

  it('places an order once, however often it is placed at the same time', async () => {
    const { orders, queues } = await openBooks();
    const placed = await Promise.all(Array.from({ length: 5 }, () => orders.place(ORDER)));
    expect(placed.filter((payment) => payment !== undefined)).toHaveLength(1);
    expect(await queues.payments.counts()).toMatchObject({ waiting: 1 });
  });

  it('has an order for paid, and a parcel for it, if and only if its payment is marked delivered', async () => {
    const { pool, orders, queues } = await openBooks();
    const payment = await orders.place(ORDER);
    await pool.query("alter table switchgear_outbox add constraint no_parcels check (queue <> 'parcels')");
    await queues.payments.attempt(payment!);
    expect(await queues.payments.counts()).toMatchObject({ waiting: 1, delivered: 0 });
    expect(await orders.find('order-1')).toMatchObject({ paid: false });
    await pool.query('alter table switchgear_outbox drop constraint no_parcels');
    await queues.payments.attempt(payment!);
    expect(await queues.payments.counts()).toMatchObject({ waiting: 0, delivered: 1 });
    expect(await queues.parcels.counts()).toMatchObject({ waiting: 1 });
    expect(await orders.find('order-1')).toMatchObject({ paid: true });
  });

  it('owes a notice to a customer whose payment follows, and another one once it was made', async () => {
    const { orders, queues } = await openBooks();
    const payment = await orders.place(ORDER);
    expect(await orders.queue(ORDER)).toBe(true);
    expect(await queues.notices.counts()).toMatchObject({ waiting: 1 });
    await queues.payments.attempt(payment!);
    expect(await queues.notices.counts()).toMatchObject({ waiting: 2 });
  });

  it('owes no notice of a payment that was made meanwhile', async () => {
    const { orders, queues } = await openBooks();
    const payment = await orders.place(ORDER);
    await queues.payments.attempt(payment!);
    expect(await orders.queue(ORDER)).toBe(false);
    expect(await queues.notices.counts()).toMatchObject({ waiting: 0 });
  });
});
