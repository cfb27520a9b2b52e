/**
 * The order service as a process: takes orders, and delivers what it owes: payments, parcels, notices.
 *
 * Environment: DATABASE_URL, PAYMENTS_URL, ALTERNATIVE_URL, PRODUCTS_URL, CUSTOMERS_URL, SHIPPING_URL; PORT (0: a free one),
 * BREAKERS (on), IDEMPOTENCY_KEYS (on), LOOKUP_TIMEOUT (300, in ms), METRICS_PORT (0: none; where Prometheus finds what the
 * breakers do). With DASHBOARD_KEY they are to be seen at DASHBOARD_PORT (0: a free one) under that key, also in a frame of a
 * page from DASHBOARD_FRAMED_BY.
 */
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { BreakerEvent } from '@switchgear/axios';
import type { Hono } from 'hono';
import { endWithParent, numeric, required, switched, tellParent } from '../process/environment.ts';
import { listen } from '../process/listen.ts';
import { now } from '../process/now.ts';
import { createClients, LOOKUP_TIMEOUT } from './clients.ts';
import { createPool, createSchema } from './database.ts';
import { createProductData } from './lookups.ts';
import { createDashboardApp, serveMetrics } from './monitoring.ts';
import { createOrderApi } from './order-api.ts';
import { createOrderStore } from './order-store.ts';
import { noFallbacks } from './pay.ts';
import { protect } from './protection.ts';
import { createQueues } from './queues.ts';

endWithParent();
const pool = createPool(required('DATABASE_URL'));
const clients = createClients(
  (service) => required(`${service.toUpperCase()}_URL`),
  numeric('LOOKUP_TIMEOUT', LOOKUP_TIMEOUT),
);
const fallbackCounts = noFallbacks();
const queues = createQueues(pool, { clients, idempotencyKeys: switched('IDEMPOTENCY_KEYS', 'on'), fallbackCounts });
await createSchema(pool, queues);

const breakers = switched('BREAKERS', 'on') ? protect(clients, pool) : [];
for (const breaker of breakers) breaker.subscribe(reportMove);
const metricsPort = numeric('METRICS_PORT', 0);
if (breakers.length > 0 && metricsPort > 0) await serveMetrics(breakers, metricsPort);

for (const queue of Object.values(queues)) void queue.drain(new AbortController().signal);
const api = createOrderApi({
  orders: createOrderStore(pool, queues),
  payments: queues.payments,
  describeProduct: createProductData(clients.products, now),
  fallbackCounts,
});
const url = await serve(api, numeric('PORT', 0));
const dashboardUrl = await serveDashboard(process.env['DASHBOARD_KEY']);
tellParent({ type: 'ready', url, dashboardUrl });
console.log(`orders: ${url}`);

async function serveDashboard(key: string | undefined): Promise<string | undefined> {
  if (!key) return undefined;
  const app = createDashboardApp(breakers, { key, framedBy: process.env['DASHBOARD_FRAMED_BY'], fallbackCounts });
  return `${await serve(app, numeric('DASHBOARD_PORT', 0))}/${key}`;
}

function serve({ fetch }: Hono, port: number): Promise<string> {
  return listen(createAdaptorServer({ fetch }) as Server, port);
}

function reportMove({ type, breaker, from, to, because }: BreakerEvent): void {
  if (type !== 'move') return;
  tellParent({ type, breaker, from, to, because });
  console.log(`orders: circuit ${breaker} went from ${from} to ${to}, because of ${because?.rule}`);
}
