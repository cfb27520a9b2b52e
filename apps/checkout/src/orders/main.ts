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
import { drainUntil } from './drain.ts';
import { createOrderApi } from './order-api.ts';
import { createOrderBook } from './order-book.ts';
import { createOutbox } from './outbox.ts';
import { CHARGE_TIMEOUT, createCharge, createPaymentsClient } from './payments.ts';
import { protect } from './protection.ts';
import { createSchema } from './schema.ts';

/** Longer than an attempt can take, so that nobody else tries a payment that is being tried. */
const LEASE = 2 * CHARGE_TIMEOUT;

endWithParent();
const pool = createPool(required('DATABASE_URL'));
const payments = createPaymentsClient(required('PAYMENTS_URL'));
await createSchema(pool);

if (switched('BREAKERS', 'on')) {
  for (const breaker of Object.values(protect(payments, pool))) breaker.subscribe(reportMove);
}

const outbox = createOutbox(pool, LEASE);
const shop = {
  orders: createOrderBook(pool, LEASE),
  outbox,
  charge: createCharge(payments, switched('IDEMPOTENCY_KEYS', 'on')),
};
void drainUntil(new AbortController().signal, shop);
const server = createAdaptorServer({ fetch: createOrderApi(shop).fetch }) as Server;
const url = await listen(server, numeric('PORT', 0));
tellParent({ type: 'ready', url });
console.log(`orders: ${url}`);

function reportMove({ type, breaker, from, to, because }: BreakerEvent): void {
  if (type !== 'move') return;
  tellParent({ type, breaker, from, to, because });
  console.log(`orders: circuit ${breaker} went from ${from} to ${to}, because of ${because?.rule}`);
}
