import { freePort } from '@switchgear/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { filePostgres } from './file-postgres.ts';
import { ALLOWING, NOT_ALLOWING, type OpenShop, openShop } from './open-shop.ts';
import { createRun } from './test-run.ts';

const { server, createDatabase } = filePostgres();

const open = async (): Promise<OpenShop> => openShop(await createDatabase());

const SOON = { timeout: 45_000, interval: 50 };

/** Makes payments refuse and sends orders until their circuit is open; those orders stay queued. */
async function openTheCircuit({ payments, place }: OpenShop): Promise<void> {
  await payments.setMode('refuse');
  await Promise.all(Array.from({ length: 30 }, (_, index) => place(`opening-${index}`)));
}

/** Places orders of a customer who allows the alternative provider until the circuit refuses one; some of them may be probes. */
async function placeRefused({ place }: OpenShop): Promise<string> {
  let reference = '';
  for (let tries = 1; tries <= 20; tries++) {
    reference = `allowed-${tries}`;
    if ((await place(reference, { customer: ALLOWING })).status === 201) break;
  }
  return reference;
}

// They leave the shop as they found it, the last one but for an open circuit.
describe('one shop', () => {
  const run = createRun();
  let shop: OpenShop;
  let metricsPort: number;
  beforeAll(async () => {
    metricsPort = await freePort();
    shop = await openShop(await createDatabase(), { METRICS_PORT: String(metricsPort) }, run);
  });
  afterAll(() => run.cleanup.disposeAsync());

  it('an order is paid at once and shipped while all is well, and placing it again places nothing', async () => {
    const { place, find, payments, shipping, customers } = shop;
    const first = await place('order-1');
    expect(first.status).toBe(201);
    expect(await first.json()).toMatchObject({
      reference: 'order-1',
      payment: 'paid',
      product: { name: 'Teapot, small', servedBy: 'products' },
    });
    expect((await place('order-1')).status).toBe(201);
    expect((await place('order-1', { amountCents: 999 })).status).toBe(409);
    expect((await place('', {})).status).toBe(400);
    expect((await place('order-2', { amountCents: 0.5 })).status).toBe(400);
    expect((await place('order-2', { product: 'product-0' })).status).toBe(404);
    expect(await payments.records()).toHaveLength(1);
    expect(await find('order-1')).toMatchObject({ paid: true });
    const parcel = { order: 'order-1', customer: NOT_ALLOWING, product: 'product-1' };
    await vi.waitFor(async () => expect(await shipping.records()).toEqual([parcel]), SOON);
    expect(await customers.records()).toEqual([]);
  });

  it('metrics of its breakers are served for Prometheus at the configured port', async () => {
    await shop.place('measured-1');
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    for (const name of ['alternative', 'customers', 'database', 'payments', 'products', 'shipping']) {
      expect(metrics).toMatch(new RegExp(`circuit_breaker_state{.*name="${name}",.*state="closed".*} 1`));
    }
    expect(metrics).toMatch(/circuit_breaker_calls_total{.*name="payments",.*outcome="success".*} \d+/);
  });

  it('an order is taken while products and customers are down: by what is known of it, or by its bare number', async () => {
    const { place, products, customers } = shop;
    await place('plain-1', { product: 'product-2' });
    await Promise.all([products.setMode('refuse'), customers.setMode('refuse')]);
    const known = await place('plain-2', { product: 'product-2' });
    expect(known.status).toBe(201);
    expect(await known.json()).toMatchObject({ product: { name: 'Lantern, small' } });
    const unknown = await place('plain-3', { product: 'product-3' });
    expect(unknown.status).toBe(201);
    expect(await unknown.json()).toMatchObject({ product: { name: 'product-3', servedBy: 'plain' } });
    await Promise.all([products.setMode('healthy'), customers.setMode('healthy')]);
  });

  it('the dashboard is served only at its secret address, and accepts orders only from its own page', async () => {
    const { place, payments, dashboardUrl } = shop;
    const { origin } = new URL(dashboardUrl);
    await payments.setMode('refuse');
    await place('failed-1');
    const { figures } = await (await fetch(`${dashboardUrl}/api/payments/impact`)).json();
    expect(figures.availabilityWith).toMatchObject({
      formula: expect.stringMatching(/\+ 1 by fallbacks\) ÷ \(\d+ \+ 1 failed \+ 0 refused\)$/),
    });
    const page = await fetch(dashboardUrl);
    expect(page.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
    expect((await fetch(`${origin}/`)).status).toBe(404);

    const trip = async (headers: Record<string, string>): Promise<number> => {
      const body = JSON.stringify({ breaker: 'payments', order: 'trip' });
      const asJson = { 'Content-Type': 'application/json', ...headers };
      return (await fetch(`${dashboardUrl}/api/orders`, { method: 'POST', headers: asJson, body })).status;
    };
    expect(await trip({ Origin: 'https://elsewhere.example' })).toBe(403);
    expect(await trip({})).toBe(403);
    expect(await trip({ Origin: origin })).toBe(200);
    expect((await place('tripped-1', { customer: ALLOWING })).status).toBe(201);
  });
});

it('an order placed while payments are down is accepted, queued, paid when they return, and its customer told twice', async () => {
  const { place, find, payments, customers } = await open();
  await payments.setMode('refuse');
  const response = await place('order-1');
  expect(response.status).toBe(202);
  expect(await response.json()).toMatchObject({ payment: 'queued', message: expect.stringContaining('accepted') });
  expect(await find('order-1')).toMatchObject({ paid: false });

  await payments.setMode('healthy');
  await vi.waitFor(async () => expect(await customers.records()).toHaveLength(2), SOON);
  expect(await find('order-1')).toMatchObject({ paid: true });
  expect(await payments.records()).toHaveLength(1);
  expect(await customers.records()).toEqual([
    { customer: NOT_ALLOWING, order: 'order-1', text: expect.stringContaining('could not take the payment yet') },
    { customer: NOT_ALLOWING, order: 'order-1', text: expect.stringContaining('has been made') },
  ]);
});

it('an order goes to the alternative provider if its customer allows it and the circuit proves that nothing was sent', async () => {
  const shop = await open();
  const { place, payments, alternative } = shop;
  await openTheCircuit(shop);
  const [allowed, notAllowed] = await Promise.all([
    placeRefused(shop),
    place('not-allowed', { customer: NOT_ALLOWING }),
  ]);
  expect(notAllowed.status).toBe(202);
  expect(await payments.records()).toEqual([]);
  expect(await alternative.records()).toMatchObject([{ order: allowed }]);
});

it('an order charged before payments hung is queued, never tried at the alternative provider, and not charged again', async () => {
  const shop = await open();
  const { place, find, payments, alternative } = shop;
  await payments.setMode('hang');
  expect((await place('order-1', { customer: ALLOWING })).status).toBe(202);
  expect(await payments.records()).toHaveLength(1);

  // Its next attempts are refused, as the first one of the other order is.
  await openTheCircuit(shop);
  const other = await placeRefused(shop);
  await payments.setMode('healthy');
  await vi.waitFor(async () => expect(await find('order-1')).toMatchObject({ paid: true }), SOON);
  expect(await alternative.records()).toMatchObject([{ order: other }]);
  expect((await payments.records()).filter(({ order }) => order === 'order-1')).toHaveLength(1);
});

it('while the database circuit is open an order is refused at once with the time to come back', async () => {
  const { place } = await open();
  await place('order-1');
  await server().kill();
  const refused = await vi.waitUntil(
    async () => {
      const response = await place('order-2');
      expect(response.status).toBe(503);
      return response.headers.has('Retry-After') && response;
    },
    { ...SOON, interval: 20 },
  );
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);

  await server().restart();
  await vi.waitFor(async () => expect((await place('order-2')).status).toBe(201), SOON);
});
