import { createOutbox, type Outbox, type OutboxOptions } from '@switchgear/outbox';
import type { Pool } from 'pg';
import type { Notice, Parcel } from '../services/neighbours.ts';
import { CHARGE_TIMEOUT, type Clients, keyed } from './clients.ts';
import { createCustomerData } from './lookups.ts';
import { createCharge, type FallbackCounts, type Payment, pay } from './pay.ts';

/** What the order service still has to deliver, in its own database, so that it commits together with the order. */
export interface Queues {
  /** Payments to take. The key of each is the reference of its order. */
  readonly payments: Outbox<Payment>;

  /** Paid orders to ship. */
  readonly parcels: Outbox<Parcel>;

  /** Notices to customers. */
  readonly notices: Outbox<Notice>;
}

/** Options of the queues. */
export interface QueuesOptions {
  readonly clients: Clients;

  /** Whether the providers are sent idempotency keys. */
  readonly idempotencyKeys: boolean;
  readonly fallbackCounts: FallbackCounts;
}

/** Creates the queues. */
export function createQueues(pool: Pool, { clients, idempotencyKeys, fallbackCounts }: QueuesOptions): Queues {
  const parcels = createQueue<Parcel>(pool, {
    queue: 'parcels',
    deliver: ({ key, payload }) => clients.shipping.post('/parcels', payload, keyed(key)),
    ...UNHURRIED,
  });
  const notices = createQueue<Notice>(pool, {
    queue: 'notices',
    deliver: ({ key, payload }) =>
      clients.customers.post(`/customers/${encodeURIComponent(payload.customer)}/notices`, payload, keyed(key)),
    ...UNHURRIED,
  });
  const findCustomer = createCustomerData(clients.customers);
  const charges = {
    payments: createCharge(clients.payments, idempotencyKeys),
    alternative: createCharge(clients.alternative, idempotencyKeys),
  };
  const payments: Outbox<Payment> = createQueue<Payment>(pool, {
    queue: 'payments',
    deliver: (message) => pay(message, { charges, findCustomer, amend: payments.amend, fallbackCounts }),
    async onDelivered({ key, payload }, client) {
      const { rows } = await client.query<Parcel & { readonly wasQueued: boolean }>(
        `update orders set paid_at = now(), paid_by = $2 where reference = $1
         returning reference as order, customer, product, queued_at is not null as "wasQueued"`,
        [key, payload.provider],
      );
      const { wasQueued, ...parcel } = rows[0]!;
      await parcels.add(parcel, { key, client });
      if (!wasQueued) return;
      const text = 'Your payment has been made. Thank you for your patience.';
      await notices.add({ customer: parcel.customer, order: key, text }, { key: `${key}/paid`, client });
    },
  });
  return { payments, parcels, notices };
}

/** No customer waits for these, so they are polled, and few at a time leave capacity for orders. */
const UNHURRIED = { listen: false, concurrent: 4 } as const;

/** The longest wait between two attempts, in milliseconds. */
const LONGEST_WAIT = 30_000;

function createQueue<Payload>(pool: Pool, options: OutboxOptions<Payload>): Outbox<Payload> {
  return createOutbox<Payload>(pool, {
    // Longer than an attempt can take, so that no attempt overlaps another.
    lease: 2 * CHARGE_TIMEOUT,
    // Two days of failed attempts before an operator has to look.
    attempts: 5_000,
    retryIn: (attempt) => Math.min(1_000 * 2 ** (attempt - 1), LONGEST_WAIT),
    poll: 1_000,
    onError: (error) => console.error(`orders: the queue of ${options.queue}: ${error}`),
    ...options,
  });
}
