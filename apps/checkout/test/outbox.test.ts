import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { createPool } from '../src/orders/database.ts';
import { createOrderBook, type OrderBook } from '../src/orders/order-book.ts';
import { createOutbox, type Outbox } from '../src/orders/outbox.ts';
import { createSchema } from '../src/orders/schema.ts';
import { filePostgres } from './file-postgres.ts';
import { stage } from './stage.ts';

const { createDatabase } = filePostgres();

/** A lease that does not run out while a test runs, and one that has run out when it begins. */
const LONG = 60_000;
const OVER = 0;

interface Books {
  readonly pool: Pool;
  orders(lease: number): OrderBook;
  outbox(lease: number): Outbox;
}

async function openBooks(): Promise<Books> {
  const { cleanup } = stage();
  const pool = createPool(await createDatabase());
  cleanup.defer(() => pool.end());
  await createSchema(pool);
  return { pool, orders: (lease) => createOrderBook(pool, lease), outbox: (lease) => createOutbox(pool, lease) };
}

async function placeMany(orders: OrderBook, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await orders.place({ reference: `order-${index}`, amountCents: 100 });
}

const ordersOf = (payments: readonly { readonly order: string }[]) => payments.map(({ order }) => order).toSorted();

describe('an outbox', () => {
  it('gives nobody a payment that a checkout is trying', async () => {
    const { orders, outbox } = await openBooks();
    await orders(LONG).place({ reference: 'order-1', amountCents: 100 });
    expect(await outbox(LONG).claim(10)).toEqual([]);
  });

  it('gives a payment whose lease ran out to somebody else, with the key it had', async () => {
    const { orders, outbox } = await openBooks();
    const placed = await orders(OVER).place({ reference: 'order-1', amountCents: 100 });
    expect(await outbox(OVER).claim(10)).toEqual([placed]);
    expect(await outbox(LONG).claim(10)).toEqual([placed]);
    expect(await outbox(LONG).claim(10)).toEqual([]);
  });

  it('gives each payment to one of many who claim at the same time', async () => {
    const { orders, outbox } = await openBooks();
    await placeMany(orders(OVER), 20);
    const claims = await Promise.all(Array.from({ length: 10 }, () => outbox(LONG).claim(3)));
    const claimed = ordersOf(claims.flat());
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(claimed).toHaveLength(20);
  });

  it('does not wait for a payment that another transaction holds', async () => {
    const { pool, orders, outbox } = await openBooks();
    await placeMany(orders(OVER), 2);
    const holder = await pool.connect();
    await holder.query("begin; select * from payment_outbox where order_reference = 'order-0' for update");
    expect(ordersOf(await outbox(LONG).claim(10))).toEqual(['order-1']);
    await holder.query('rollback');
    holder.release();
  });

  it('never gives out a paid payment again, whoever settles it late', async () => {
    const { orders, outbox } = await openBooks();
    await orders(OVER).place({ reference: 'order-1', amountCents: 100 });
    await outbox(OVER).markPaid('order-1');
    await outbox(OVER).postpone('order-1', 'timeout');
    await outbox(OVER).giveBack('order-1');
    expect(await outbox(OVER).claim(10)).toEqual([]);
    expect(await orders(OVER).find('order-1')).toMatchObject({ paid: true });
  });

  it('waits twice as long after each failure, and thirty seconds at most', async () => {
    const { pool, orders, outbox } = await openBooks();
    await orders(OVER).place({ reference: 'order-1', amountCents: 100 });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt++) {
      await outbox(OVER).postpone('order-1', 'timeout');
      const { rows } = await pool.query(
        'select extract(epoch from not_before - now())::float8 as wait from payment_outbox',
      );
      waits.push(Math.round(rows[0].wait));
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30]);
  });

  it('gives a payment that was given back at once', async () => {
    const { orders, outbox } = await openBooks();
    await orders(LONG).place({ reference: 'order-1', amountCents: 100 });
    await outbox(LONG).giveBack('order-1');
    expect(await outbox(LONG).claim(10)).toHaveLength(1);
  });
});

describe('an order book', () => {
  it('writes down an order and its payment, or neither', async () => {
    const { pool, orders } = await openBooks();
    await pool.query("alter table payment_outbox add check (order_reference <> 'order-1')");
    await expect(orders(LONG).place({ reference: 'order-1', amountCents: 100 })).rejects.toMatchObject({
      code: '23514',
    });
    expect(await orders(LONG).find('order-1')).toBeUndefined();
    const { rows } = await pool.query('select * from orders');
    expect(rows).toEqual([]);
  });

  it('places an order once, however often it is placed at the same time', async () => {
    const { orders, outbox } = await openBooks();
    const order = { reference: 'order-1', amountCents: 100 };
    const placed = await Promise.all(Array.from({ length: 5 }, () => orders(OVER).place(order)));
    expect(placed.filter((payment) => payment !== undefined)).toHaveLength(1);
    expect(await outbox(LONG).claim(10)).toHaveLength(1);
  });
});
