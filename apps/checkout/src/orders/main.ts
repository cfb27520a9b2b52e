/**
 * The order service as a process: takes orders, and delivers what it owes: payments, parcels, notices.
 *
 * Environment: DATABASE_URL, PAYMENTS_URL, ALTERNATIVE_URL, PRODUCTS_URL, CUSTOMERS_URL, SHIPPING_URL; PORT (0: a free one),
 * BREAKERS (on), IDEMPOTENCY_KEYS (on), METRICS_PORT (0: none; where Prometheus finds what the breakers do).
 */
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { BreakerEvent } from '@switchgear/axios';
import { numeric, required, switched } from '../process/environment.ts';
import { listen } from '../process/listen.ts';
import { now } from '../process/now.ts';
import { endWithParent, tellParent } from '../process/parent.ts';
import { createPool } from './database.ts';
import { createLines } from './lines.ts';
import { serveMetrics } from './metrics.ts';
import { createOrderApi } from './order-api.ts';
import { createOrderBook } from './order-book.ts';
import { createProductData } from './product-data.ts';
import { protect } from './protection.ts';
import { createQueues } from './queues.ts';
import { createSchema } from './schema.ts';

endWithParent();
const pool = createPool(required('DATABASE_URL'));
const lines = createLines((service) => required(`${service.toUpperCase()}_URL`));
const queues = createQueues(pool, { lines, idempotencyKeys: switched('IDEMPOTENCY_KEYS', 'on') });
await createSchema(pool, queues);

if (switched('BREAKERS', 'on')) {
  const breakers = protect(lines, pool);
  for (const breaker of breakers) breaker.subscribe(reportMove);
  const metricsPort = numeric('METRICS_PORT', 0);
  if (metricsPort > 0) await serveMetrics(breakers, metricsPort);
}

for (const queue of Object.values(queues)) void queue.drain(new AbortController().signal);
const api = createOrderApi({
  orders: createOrderBook(pool, queues),
  payments: queues.payments,
  describeProduct: createProductData(lines.products, now),
});
const server = createAdaptorServer({ fetch: api.fetch }) as Server;
const url = await listen(server, numeric('PORT', 0));
tellParent({ type: 'ready', url });
console.log(`orders: ${url}`);

function reportMove({ type, breaker, from, to, because }: BreakerEvent): void {
  if (type !== 'move') return;
  tellParent({ type, breaker, from, to, because });
  console.log(`orders: circuit ${breaker} went from ${from} to ${to}, because of ${because?.rule}`);
}
