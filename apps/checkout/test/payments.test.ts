import { expect, it } from 'vitest';
import type { Operator } from '../src/demo/shops/operator.ts';
import type { Charge } from '../src/services/payments.ts';
import { openServices } from './open-services.ts';
import { testRun } from './test-run.ts';

interface PaymentService {
  readonly operator: Operator<Charge>;
  charge(order: string, headers?: Record<string, string>, patience?: number): Promise<Response>;
}

/** The payment service in its process. */
async function startPayments(workBeforeHang: '0' | '1'): Promise<PaymentService> {
  const { ready, payments } = await openServices(testRun(), workBeforeHang);
  return {
    operator: payments,
    // Longer than any answer takes on a busy machine: only one that does not come is given up.
    charge: (order, headers = {}, patience = 30_000) =>
      fetch(`${ready.urls.payments}/charges`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ order, amountCents: 100 }),
        signal: AbortSignal.timeout(patience),
      }),
  };
}

it('healthy payments charge, and answer a repeated key with the charge there was', async () => {
  const { charge, operator } = await startPayments('0');
  const first = await charge('order-1', { 'Idempotency-Key': 'a' });
  const second = await charge('order-1', { 'Idempotency-Key': 'a' });
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(await second.json()).toEqual(await first.json());
  expect(await operator.records()).toHaveLength(1);
});

it('slow payments answer after more than half a second', async () => {
  const { charge, operator } = await startPayments('0');
  await operator.setMode('slow');
  const began = performance.now();
  expect((await charge('order-1')).status).toBe(201);
  expect(performance.now() - began).toBeGreaterThan(500);
});

it.each([
  ['0', 0],
  ['1', 1],
] as const)(
  'hanging payments never answer, and with a probability of %s charge all the same',
  async (chance, charges) => {
    const { charge, operator } = await startPayments(chance);
    await operator.setMode('hang');
    await expect(charge('order-1', {}, 1_500)).rejects.toMatchObject({ name: 'TimeoutError' });
    // The request may arrive late.
    await expect.poll(async () => (await operator.calls()).hang, { timeout: 30_000 }).toBe(1);
    await expect.poll(operator.records, { timeout: 30_000 }).toHaveLength(charges);
  },
);

it('refusing payments reset each connection, kept-alive ones too, and count it', async () => {
  const { charge, operator } = await startPayments('0');
  await charge('order-1');
  await operator.setMode('refuse');
  for (const order of ['order-2', 'order-3']) {
    await expect(charge(order)).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) },
    });
  }
  // A kept-alive connection may be reset before the request on it arrives, which then cannot be counted.
  const refusedSoFar = async (): Promise<number> => {
    await expect(charge('order-4')).rejects.toThrow();
    return (await operator.calls()).refuse ?? 0;
  };
  await expect.poll(refusedSoFar).toBeGreaterThanOrEqual(2);
  expect(await operator.records()).toHaveLength(1);
});

it('payments that refused become healthy again', async () => {
  const { charge, operator } = await startPayments('0');
  await operator.setMode('refuse');
  await operator.setMode('healthy');
  expect((await charge('order-1')).status).toBe(201);
});
