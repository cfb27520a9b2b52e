import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { createClients } from '../src/orders/clients.ts';
import { createPool, createSchema } from '../src/orders/database.ts';
import { createOrderStore, type OrderStore } from '../src/orders/order-store.ts';
import { noFallbacks } from '../src/orders/pay.ts';
import { createQueues, type Queues } from '../src/orders/queues.ts';
import { filePostgres } from './file-postgres.ts';
import { testRun } from './test-run.ts';

const { createDatabase } = filePostgres();

interface Stores {
  readonly pool: Pool;
  readonly orders: OrderStore;
  readonly queues: Queues;
}

/** Stores of a shop whose providers take every payment. */
async function openStores(): Promise<Stores> {
  const { cleanup } = testRun();
  const pool = createPool(await createDatabase());
  cleanup.defer(() => pool.end());
  const clients = createClients(() => 'http://127.0.0.1:1');
  clients.payments.defaults.adapter = async (config) => ({
    config,
    data: {},
    status: 201,
    statusText: '',
    headers: {},
  });
  const queues = createQueues(pool, { clients, idempotencyKeys: true, fallbackCounts: noFallbacks() });
  await createSchema(pool, queues);
  return { pool, orders: createOrderStore(pool, queues), queues };
}

const ORDER = { reference: 'order-1', customer: 'customer-1', product: 'product-1', amountCents: 100 };

describe('an order book', () => {
  it('writes down an order and its payment, or neither', async () => {
    const { pool, orders, queues } = await openStores();
    await pool.query("alter table switchgear_outbox add check (key <> 'order-1')");
    await expect(orders.place(ORDER)).rejects.toMatchObject({ code: '23514' });
    expect(await orders.find('order-1')).toBeUndefined();
    expect(await queues.payments.counts()).toMatchObject({ waiting: 0 });
  });

  it('places an order once, however often it is placed at the same time', async () => {
    const { orders, queues } = await openStores();
    const placed = await Promise.all(Array.from({ length: 5 }, () => orders.place(ORDER)));
    expect(placed.filter((payment) => payment !== undefined)).toHaveLength(1);
    expect(await queues.payments.counts()).toMatchObject({ waiting: 1 });
  });

  it('has an order for paid, and a parcel for it, if and only if its payment is marked delivered', async () => {
    const { pool, orders, queues } = await openStores();
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
    const { orders, queues } = await openStores();
    const payment = await orders.place(ORDER);
    expect(await orders.queue(ORDER)).toBe(true);
    expect(await queues.notices.counts()).toMatchObject({ waiting: 1 });
    await queues.payments.attempt(payment!);
    expect(await queues.notices.counts()).toMatchObject({ waiting: 2 });
  });

  it('owes no notice of a payment that was made meanwhile', async () => {
    const { orders, queues } = await openStores();
    const payment = await orders.place(ORDER);
    await queues.payments.attempt(payment!);
    expect(await orders.queue(ORDER)).toBe(false);
    expect(await queues.notices.counts()).toMatchObject({ waiting: 0 });
  });
});
