import { setTimeout as delay } from 'node:timers/promises';
import { CircuitOpenError } from '@switchgear/axios';
import { AxiosError, type AxiosInstance } from 'axios';
import { expect, it } from 'vitest';
import { createClients } from '../src/orders/clients.ts';
import { createPool, createSchema } from '../src/orders/database.ts';
import { createOrderStore } from '../src/orders/order-store.ts';
import { noFallbacks } from '../src/orders/pay.ts';
import { createQueues } from '../src/orders/queues.ts';
import { seededRandom } from '../src/process/random.ts';
import { filePostgres } from './file-postgres.ts';
import { testRun } from './test-run.ts';

const { createDatabase } = filePostgres();

const ORDERS = 40;

it('no order is charged by both providers, though they refuse, time out and charge all the same, and leases run out', async () => {
  const { cleanup } = testRun();
  const random = seededRandom(7);
  const clients = createClients(() => 'http://127.0.0.1:1');
  const charged = { payments: new Set<string>(), alternative: new Set<string>() };
  play(clients.payments, charged.payments);
  play(clients.alternative, charged.alternative);
  clients.customers.defaults.adapter = async (config) => ({
    config,
    data: { allowsAlternative: true },
    status: 200,
    statusText: '',
    headers: {},
  });

  const pool = createPool(await createDatabase());
  cleanup.defer(() => pool.end());
  const options = { clients, idempotencyKeys: true, fallbackCounts: noFallbacks() };
  const queues = createQueues(pool, options);
  await createSchema(pool, queues);
  const orders = createOrderStore(pool, queues);
  const order = { customer: 'customer-1', product: 'product-1', amountCents: 100 };
  const stop = new AbortController();
  const others = Array.from({ length: 5 }, () => createQueues(pool, options).payments);
  const drains = others.map((queue) => queue.drain(stop.signal));
  const checkouts = Array.from({ length: ORDERS }, async (_, index) => {
    const payment = await orders.place({ ...order, reference: `order-${index}` });
    await queues.payments.attempt(payment!);
  });
  await Promise.all(checkouts);
  await expect
    .poll(
      async () => {
        // Leases expire at any moment, and the next attempt is due at once.
        await pool.query("update switchgear_outbox set not_before = now() where queue = 'payments' and random() < 0.5");
        return (await queues.payments.counts()).delivered;
      },
      { timeout: 40_000, interval: 20 },
    )
    .toBe(ORDERS);
  stop.abort();
  await Promise.all(drains);

  expect([...charged.payments].filter((charge) => charged.alternative.has(charge))).toEqual([]);
  expect(charged.payments.size + charged.alternative.size).toBe(ORDERS);
  expect(charged.alternative.size).toBeGreaterThan(0);

  /** A provider behind a circuit: four in ten calls are refused, of the others half time out, of which half were charged. */
  function play(http: AxiosInstance, recorded: Set<string>): void {
    http.defaults.adapter = async (config) => {
      if (random() < 0.4) {
        throw new CircuitOpenError('payments', 1, { rule: 'failureRate', at: 0 });
      }
      await delay(random() * 30);
      const [timesOut, charges] = [random() < 0.5, random() < 0.5];
      if (!timesOut || charges) recorded.add(JSON.parse(config.data).order);
      if (timesOut) throw new AxiosError('timeout of 2500ms exceeded', AxiosError.ECONNABORTED, config);
      return { config, data: {}, status: 201, statusText: '', headers: {} };
    };
  }
});
