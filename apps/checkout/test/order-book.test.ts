import type { Outbox } from '@switchgear/outbox';
import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { createPool } from '../src/orders/database.ts';
import { createOrderBook, type OrderBook } from '../src/orders/order-book.ts';
import { createPaymentQueue } from '../src/orders/payment-queue.ts';
import type { Payment } from '../src/orders/payments.ts';
import { createSchema } from '../src/orders/schema.ts';
import { filePostgres } from './file-postgres.ts';
import { stage } from './stage.ts';

const { createDatabase } = filePostgres();

interface Books {
  readonly pool: Pool;
  readonly orders: OrderBook;
  readonly payments: Outbox<Payment>;
}

async function openBooks(): Promise<Books> {
  const { cleanup } = stage();
  const pool = createPool(await createDatabase());
  cleanup.defer(() => pool.end());
  const payments = createPaymentQueue(pool, async () => undefined);
  await createSchema(pool, payments);
  return { pool, orders: createOrderBook(pool, payments), payments };
}

const ORDER = { reference: 'order-1', amountCents: 100 };

describe('an order book', () => {
  it('writes down an order and its payment, or neither', async () => {
    const { pool, orders, payments } = await openBooks();
    await pool.query("alter table switchgear_outbox add check (key <> 'order-1')");
    await expect(orders.place(ORDER)).rejects.toMatchObject({ code: '23514' });
    expect(await orders.find('order-1')).toBeUndefined();
    expect(await payments.counts()).toMatchObject({ waiting: 0 });
  });

  it('places an order once, however often it is placed at the same time', async () => {
    const { orders, payments } = await openBooks();
    const placed = await Promise.all(Array.from({ length: 5 }, () => orders.place(ORDER)));
    expect(placed.filter((payment) => payment !== undefined)).toHaveLength(1);
    expect(await payments.counts()).toMatchObject({ waiting: 1 });
  });

  it('has an order for paid once its payment is marked delivered, both or neither', async () => {
    const { pool, orders, payments } = await openBooks();
    const payment = await orders.place(ORDER);
    await pool.query('alter table orders add check (paid_at is null)');
    await payments.attempt(payment!);
    expect(await payments.counts()).toMatchObject({ waiting: 1, delivered: 0 });
    expect(await orders.find('order-1')).toMatchObject({ paid: false });
    await pool.query('alter table orders drop constraint orders_paid_at_check');
    await payments.attempt(payment!);
    expect(await payments.counts()).toMatchObject({ waiting: 0, delivered: 1 });
    expect(await orders.find('order-1')).toMatchObject({ paid: true });
  });
});
