import { inTransaction, type Message } from '@switchgear/outbox';
import type { Pool } from 'pg';
import type { Payment } from './pay.ts';
import type { Queues } from './queues.ts';

/** What a customer wants. */
export interface Order {
  /** Chosen by the customer, so that placing an order twice places it once. */
  readonly reference: string;
  readonly customer: string;
  readonly product: string;

  /** What the customer was told that it costs. */
  readonly amountCents: number;
}

/** An order in the book. */
export interface PlacedOrder extends Order {
  readonly paid: boolean;
}

/** The orders the shop has accepted. */
export interface OrderStore {
  /**
   * Writes down an order and its payment, both or neither. The payment is claimed for the caller, who tries it at once;
   * `undefined` when the order was there already.
   */
  place(order: Order): Promise<Message<Payment> | undefined>;

  /** Marks the payment as queued and adds a notice. Resolves to `false` if the payment has been made in the meantime. */
  queue(order: Order): Promise<boolean>;

  find(reference: string): Promise<PlacedOrder | undefined>;
}

/** An order book in PostgreSQL. */
export function createOrderStore(pool: Pool, { payments, notices }: Pick<Queues, 'payments' | 'notices'>): OrderStore {
  return {
    place: ({ reference, customer, product, amountCents }) =>
      inTransaction(pool, async (client) => {
        const inserted = await client.query(
          'insert into orders (reference, customer, product, amount_cents) values ($1, $2, $3, $4) on conflict do nothing',
          [reference, customer, product, amountCents],
        );
        if (inserted.rowCount === 0) return undefined;
        const payment: Payment = { order: reference, amountCents, provider: 'payments', customer };
        return payments.add(payment, { key: reference, client, claim: true });
      }),

    queue: ({ reference, customer }) =>
      inTransaction(pool, async (client) => {
        const { rowCount } = await client.query(
          'update orders set queued_at = now() where reference = $1 and paid_at is null',
          [reference],
        );
        if (rowCount === 0) return false;
        const text =
          'Your order is accepted. We could not take the payment yet and will keep trying. No action is needed.';
        await notices.add({ customer, order: reference, text }, { key: `${reference}/queued`, client });
        return true;
      }),

    async find(reference) {
      const { rows } = await pool.query<PlacedOrder>(
        `select reference, customer, product, amount_cents as "amountCents", paid_at is not null as paid
         from orders where reference = $1`,
        [reference],
      );
      return rows[0];
    },
  };
}
