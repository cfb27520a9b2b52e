import { setTimeout as delay } from 'node:timers/promises';
import { CircuitOpenError } from '@switchgear/axios';
import { AxiosError, type AxiosInstance } from 'axios';
import { expect, it } from 'vitest';
import { createPool } from '../src/orders/database.ts';
import { createLines } from '../src/orders/lines.ts';
import { createOrderBook } from '../src/orders/order-book.ts';
import { createQueues } from '../src/orders/queues.ts';
import { createSchema } from '../src/orders/schema.ts';
import { noStandIns } from '../src/orders/stand-ins.ts';
import { seededDice } from '../src/process/dice.ts';
import { filePostgres } from './file-postgres.ts';
import { stage } from './stage.ts';

const { createDatabase } = filePostgres();

const ORDERS = 40;

it('no order is charged by both providers, though they refuse, time out and charge all the same, and leases run out', async () => {
  const { cleanup } = stage();
  const dice = seededDice(7);
  const lines = createLines(() => 'http://127.0.0.1:1');
  const charged = { payments: new Set<string>(), alternative: new Set<string>() };
  play(lines.payments, charged.payments);
  play(lines.alternative, charged.alternative);
  lines.customers.defaults.adapter = async (config) => ({
    config,
    data: { allowsAlternative: true },
    status: 200,
    statusText: '',
    headers: {},
  });

  const pool = createPool(await createDatabase());
  cleanup.defer(() => pool.end());
  const options = { lines, idempotencyKeys: true, standIns: noStandIns() };
  const queues = createQueues(pool, options);
  await createSchema(pool, queues);
  const orders = createOrderBook(pool, queues);
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
        // Leases run out at any moment, and nobody waits for the next attempt.
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
  function play(line: AxiosInstance, ledger: Set<string>): void {
    line.defaults.adapter = async (config) => {
      if (dice() < 0.4) {
        throw new CircuitOpenError('payments', 1, { rule: 'failureRate', at: 0 });
      }
      await delay(dice() * 30);
      const [timesOut, charges] = [dice() < 0.5, dice() < 0.5];
      if (!timesOut || charges) ledger.add(JSON.parse(config.data).order);
      if (timesOut) throw new AxiosError('timeout of 2500ms exceeded', AxiosError.ECONNABORTED, config);
      return { config, data: {}, status: 201, statusText: '', headers: {} };
    };
  }
});
