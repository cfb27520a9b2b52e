import { startChild } from '../src/demo/run/child.ts';
import type { Run } from '../src/demo/run/run.ts';
import { addressesOf, environmentOf, freshKey } from '../src/demo/shops/operator.ts';
import type { Order } from '../src/orders/order-store.ts';
import { type OpenServices, openServices } from './open-services.ts';
import { testRun } from './test-run.ts';

/** A shop with all its services. */
export interface OpenShop extends OpenServices {
  /** Places an order of a customer who does not allow the alternative provider, by default. */
  place(reference: string, order?: Partial<Order>): Promise<Response>;
  readonly dashboardUrl: string;
  find(reference: string): Promise<{ readonly paid: boolean }>;
}

/** A customer who allows the alternative provider, and one who does not. */
export const ALLOWING = 'customer-3';
export const NOT_ALLOWING = 'customer-4';

/**
 * The whole shop: real PostgreSQL, real processes, breakers on; charges are made before they hang.
 *
 * @param run what stops it; by default the end of the test
 */
export async function openShop(
  databaseUrl: string,
  more: Readonly<Record<string, string>> = {},
  run: Run = testRun(),
): Promise<OpenShop> {
  const services = await openServices(run, '1');
  const environment = {
    ...addressesOf(services.ready),
    DATABASE_URL: databaseUrl,
    BREAKERS: 'on',
    IDEMPOTENCY_KEYS: 'on',
    // No test here is about a look that hangs, and on a busy machine one may take longer than a customer would wait.
    LOOKUP_TIMEOUT: '10000',
    ...environmentOf({ key: freshKey(), port: 0 }),
    ...more,
  };
  const { ready } = await startChild<{ url: string; dashboardUrl: string }>(
    { name: 'orders', entry: 'orders/main.ts', environment },
    run,
  );
  return {
    ...services,
    dashboardUrl: ready.dashboardUrl,
    place: (reference, order = {}) =>
      fetch(`${ready.url}/orders`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ reference, customer: NOT_ALLOWING, product: 'product-1', amountCents: 100, ...order }),
      }),
    find: async (reference) => {
      const response = await fetch(`${ready.url}/orders/${reference}`);
      return (await response.json()) as { paid: boolean };
    },
  };
}
