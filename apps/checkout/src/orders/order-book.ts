import type { Pool } from 'pg';
import type { Payment } from './outbox.ts';
import { inTransaction } from './transaction.ts';

/** What a customer wants. */
export interface Order {
  /** Chosen by the customer, so that placing an order twice places it once. */
  readonly reference: string;
  readonly amountCents: number;
}

/** An order in the book. */
export interface PlacedOrder extends Order {
  readonly paid: boolean;
}

/** The orders the shop has accepted. */
export interface OrderBook {
  /**
   * Writes down an order and its payment, both or neither. The payment is claimed for the caller, who tries it at once;
   * `undefined` when the order was there already.
   */
  place(order: Order): Promise<Payment | undefined>;

  find(reference: string): Promise<PlacedOrder | undefined>;
}

/** An order book in PostgreSQL. `leaseMs`: for how long a payment that is being tried is left alone by everybody else. */
export function createOrderBook(pool: Pool, leaseMs: number): OrderBook {
  return {
    place: ({ reference, amountCents }) =>
      inTransaction(pool, async (client) => {
        const inserted = await client.query(
          'insert into orders (reference, amount_cents) values ($1, $2) on conflict do nothing',
          [reference, amountCents],
        );
        if (inserted.rowCount === 0) return undefined;
        const { rows } = await client.query<{ key: string }>(
          `insert into payment_outbox (order_reference, not_before) values ($1, now() + $2 * interval '1 millisecond')
           returning idempotency_key as key`,
          [reference, leaseMs],
        );
        return { order: reference, amountCents, key: rows[0]!.key };
      }),

    async find(reference) {
      const { rows } = await pool.query<PlacedOrder>(
        `select reference, amount_cents as "amountCents", paid_at is not null as paid
         from orders join payment_outbox on order_reference = reference where reference = $1`,
        [reference],
      );
      return rows[0];
    },
  };
}
