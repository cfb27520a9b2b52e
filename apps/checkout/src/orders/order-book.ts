import { inTransaction, type Message, type Outbox } from '@switchgear/outbox';
import type { Pool } from 'pg';
import type { Payment } from './payments.ts';

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
  place(order: Order): Promise<Message<Payment> | undefined>;

  find(reference: string): Promise<PlacedOrder | undefined>;
}

/** An order book in PostgreSQL. */
export function createOrderBook(pool: Pool, payments: Pick<Outbox<Payment>, 'add'>): OrderBook {
  return {
    place: ({ reference, amountCents }) =>
      inTransaction(pool, async (client) => {
        const inserted = await client.query(
          'insert into orders (reference, amount_cents) values ($1, $2) on conflict do nothing',
          [reference, amountCents],
        );
        if (inserted.rowCount === 0) return undefined;
        return payments.add({ order: reference, amountCents }, { key: reference, client, claim: true });
      }),

    async find(reference) {
      const { rows } = await pool.query<PlacedOrder>(
        `select reference, amount_cents as "amountCents", paid_at is not null as paid from orders where reference = $1`,
        [reference],
      );
      return rows[0];
    },
  };
}
