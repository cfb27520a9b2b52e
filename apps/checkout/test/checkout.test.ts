import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startChild } from '../src/demo/child.ts';
import { operatorOf, type PaymentOperator } from '../src/demo/payment-operator.ts';
import { filePostgres } from './file-postgres.ts';
import { stage, temporaryFolder } from './stage.ts';

const { server, createDatabase } = filePostgres();

interface OpenShop {
  readonly payments: PaymentOperator;
  place(reference: string, amountCents?: number): Promise<Response>;
  find(reference: string): Promise<{ readonly paid: boolean }>;
}

/** The whole shop: real PostgreSQL, real processes, breakers on. */
async function openShop(): Promise<OpenShop> {
  const run = stage();
  const payments = await startChild<{ url: string; operatorUrl: string }>(
    {
      name: 'payments',
      entry: 'payments/main.ts',
      environment: {
        LEDGER: join(await temporaryFolder(run), 'ledger.jsonl'),
        OPERATOR_PORT: '0',
        CHARGE_BEFORE_HANG: '1',
      },
    },
    run,
  );
  const environment = {
    DATABASE_URL: await createDatabase(),
    PAYMENTS_URL: payments.ready.url,
    BREAKERS: 'on',
    IDEMPOTENCY_KEYS: 'on',
  };
  const { ready } = await startChild<{ url: string }>({ name: 'orders', entry: 'orders/main.ts', environment }, run);
  return {
    payments: operatorOf(payments.ready.operatorUrl),
    place: (reference, amountCents = 100) =>
      fetch(`${ready.url}/orders`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ reference, amountCents }),
      }),
    find: async (reference) => {
      const response = await fetch(`${ready.url}/orders/${reference}`);
      return (await response.json()) as { paid: boolean };
    },
  };
}

it('an order is paid at once while payments are healthy, and placing it again places nothing', async () => {
  const { place, payments } = await openShop();
  const first = await place('order-1');
  expect(first.status).toBe(201);
  expect(await first.json()).toMatchObject({ reference: 'order-1', payment: 'paid' });
  expect((await place('order-1')).status).toBe(201);
  expect((await place('order-1', 999)).status).toBe(409);
  expect((await place('', 100)).status).toBe(400);
  expect((await place('order-2', 0.5)).status).toBe(400);
  expect(await payments.ledger()).toHaveLength(1);
});

it('an order placed while payments are down is accepted, queued, and paid when they return', async () => {
  const { place, find, payments } = await openShop();
  await payments.setMode('refuse');
  const response = await place('order-1');
  expect(response.status).toBe(202);
  expect(await response.json()).toMatchObject({ payment: 'queued', message: expect.stringContaining('accepted') });
  expect(await find('order-1')).toMatchObject({ paid: false });

  await payments.setMode('healthy');
  await vi.waitFor(async () => expect(await find('order-1')).toMatchObject({ paid: true }), {
    timeout: 10_000,
    interval: 100,
  });
  expect(await payments.ledger()).toHaveLength(1);
});

it('an order charged before payments hung is queued, and not charged again', async () => {
  const { place, find, payments } = await openShop();
  await payments.setMode('hang');
  expect((await place('order-1')).status).toBe(202);
  expect(await payments.ledger()).toHaveLength(1);

  await payments.setMode('healthy');
  await vi.waitFor(async () => expect(await find('order-1')).toMatchObject({ paid: true }), {
    timeout: 10_000,
    interval: 100,
  });
  expect(await payments.ledger()).toHaveLength(1);
});

it('while the database circuit is open an order is refused at once with the time to come back', async () => {
  const { place } = await openShop();
  await place('order-1');
  await server().kill();
  const refused = await vi.waitUntil(
    async () => {
      const response = await place('order-2');
      expect(response.status).toBe(503);
      return response.headers.has('Retry-After') && response;
    },
    { timeout: 10_000, interval: 20 },
  );
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);

  await server().restart();
  await vi.waitFor(async () => expect((await place('order-2')).status).toBe(201), { timeout: 10_000, interval: 100 });
});
