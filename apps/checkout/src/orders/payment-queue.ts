import { createOutbox, type Outbox } from '@switchgear/outbox';
import type { Pool } from 'pg';
import { CHARGE_TIMEOUT, type Charge, type Payment } from './payments.ts';

/** Longer than an attempt can take, so that nobody else tries a payment that is being tried. */
const LEASE = 2 * CHARGE_TIMEOUT;

/** The longest wait between two attempts, in milliseconds. */
const LONGEST_WAIT = 30_000;

/**
 * The payments that are still owed, in the same database as the orders so that neither exists without the other. The key
 * of each is its order's reference.
 */
export function createPaymentQueue(pool: Pool, charge: Charge): Outbox<Payment> {
  return createOutbox<Payment>(pool, {
    queue: 'payments',
    deliver: ({ key, payload }) => charge(payload, key),
    onDelivered: ({ payload }, client) =>
      client.query('update orders set paid_at = now() where reference = $1', [payload.order]),
    lease: LEASE,
    // Money is owed until it is paid: two days of failures in a row before a person has to look.
    attempts: 5_000,
    retryIn: (attempt) => Math.min(1_000 * 2 ** (attempt - 1), LONGEST_WAIT),
    poll: 1_000,
    onError: (error) => console.error(`orders: the payment queue: ${error}`),
  });
}
