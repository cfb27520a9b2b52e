/**
 * The shop as a process: takes orders, and drains the payments it had to queue.
 *
 * Environment: DATABASE_URL, PAYMENTS_URL; PORT (0: a free one), BREAKERS (on), IDEMPOTENCY_KEYS (on).
 */
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { BreakerEvent } from '@switchgear/axios';
import { numeric, required, switched } from '../process/environment.ts';
import { listen } from '../process/listen.ts';
import { endWithParent, tellParent } from '../process/parent.ts';
import { createPool } from './database.ts';
import { createOrderApi } from './order-api.ts';
import { createOrderBook } from './order-book.ts';
import { createPaymentQueue } from './payment-queue.ts';
import { createCharge, createPaymentsClient } from './payments.ts';
import { protect } from './protection.ts';
import { createSchema } from './schema.ts';

endWithParent();
const pool = createPool(required('DATABASE_URL'));
const client = createPaymentsClient(required('PAYMENTS_URL'));
const payments = createPaymentQueue(pool, createCharge(client, switched('IDEMPOTENCY_KEYS', 'on')));
await createSchema(pool, payments);

if (switched('BREAKERS', 'on')) {
  for (const breaker of Object.values(protect(client, pool))) breaker.subscribe(reportMove);
}

void payments.drain(new AbortController().signal);
const api = createOrderApi({ orders: createOrderBook(pool, payments), payments });
const server = createAdaptorServer({ fetch: api.fetch }) as Server;
const url = await listen(server, numeric('PORT', 0));
tellParent({ type: 'ready', url });
console.log(`orders: ${url}`);

function reportMove({ type, breaker, from, to, because }: BreakerEvent): void {
  if (type !== 'move') return;
  tellParent({ type, breaker, from, to, because });
  console.log(`orders: circuit ${breaker} went from ${from} to ${to}, because of ${because?.rule}`);
}
