/**
 * One of the order services of a fleet, as a process of `node:cluster`: takes orders, and pays for them. Its breaker of the
 * payment service shares what it knows with those of the other processes.
 *
 * Environment: PAYMENTS_URL and those of the other services; BUS, the name of the bus.
 */
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { createBreaker, protectAxios } from '@switchgear/axios';
import { share } from '@switchgear/sharing';
import { createClients } from '../orders/clients.ts';
import { createProductData } from '../orders/lookups.ts';
import { createOrderApi } from '../orders/order-api.ts';
import { createCharge, noFallbacks } from '../orders/pay.ts';
import { endWithParent, required, tellParent } from '../process/environment.ts';
import { listen } from '../process/listen.ts';
import { now } from '../process/now.ts';
import { BUSES, requireBus } from './bus.ts';
import { createMemoryBook } from './memory-book.ts';
import type { WorkerMessage } from './worker-message.ts';

const tell = (message: WorkerMessage): void => tellParent(message);

endWithParent();
const clients = createClients((service) => required(`${service.toUpperCase()}_URL`));
const payments = createBreaker({ name: 'payments' });
protectAxios(clients.payments, { breaker: payments });
const bus = BUSES[requireBus(required('BUS'))].connect();
share(payments, { group: 'shop', bus, onEvent: ({ type }) => tell({ type: 'sharing', what: type }) });

const book = createMemoryBook(createCharge(clients.payments, true));
payments.subscribe(
  (event) => {
    if (event.type === 'move')
      tell({ type: 'move', from: event.from, to: event.to, because: event.because, at: now() });
    if (event.type === 'move' && event.to === 'closed') void book.drain();
    if (event.type === 'outcome') tell({ type: 'outcome', outcome: event.outcome, at: now() });
  },
  { outcomes: true },
);
process.on('message', async (message: { readonly type?: string }) => {
  if (message.type === 'drain') tell({ type: 'drained', left: await book.drain() });
});

const describeProduct = createProductData(clients.products, now);
const api = createOrderApi({ ...book, describeProduct, fallbackCounts: noFallbacks() });
const server = createAdaptorServer({ fetch: api.fetch }) as Server;
// The cluster gives each process its share of the connections, so each customer comes over one of their own.
server.maxRequestsPerSocket = 1;
const url = await listen(server, 0);
tell({ type: 'ready', url });
