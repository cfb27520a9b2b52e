import type { Pool } from 'pg';

/** Money a customer owes. */
export interface Payment {
  readonly order: string;
  readonly amountCents: number;

  /** The same for every attempt, so that an attempt too many takes no money. */
  readonly key: string;
}

/** The payments that are still owed, in the same database as the orders so that neither exists without the other. */
export interface Outbox {
  /** Takes up to `limit` payments that are due. Nobody else gets them until they are settled or their lease runs out. */
  claim(limit: number): Promise<readonly Payment[]>;

  /** The money was taken. */
  markPaid(order: string): Promise<void>;

  /** The attempt failed: try again later, twice as late after each failure, at most 30 s later. */
  postpone(order: string, error: string): Promise<void>;

  /** There was no attempt: the payment is due at once. */
  giveBack(order: string): Promise<void>;
}

/** An outbox in PostgreSQL. `leaseMs`: for how long a claimed payment is left alone by everybody else. */
export function createOutbox(pool: Pool, leaseMs: number): Outbox {
  return {
    async claim(limit) {
      // One statement is one transaction: no connection is held while the payment service is called.
      const { rows } = await pool.query<Payment>(
        `with due as (
           select order_reference from payment_outbox where paid_at is null and not_before <= now()
           order by not_before limit $1 for update skip locked
         )
         update payment_outbox as outbox set not_before = now() + $2 * interval '1 millisecond'
         from due join orders on reference = due.order_reference
         where outbox.order_reference = due.order_reference
         returning reference as order, amount_cents as "amountCents", idempotency_key as key`,
        [limit, leaseMs],
      );
      return rows;
    },

    async markPaid(order) {
      await pool.query('update payment_outbox set paid_at = now(), last_error = null where order_reference = $1', [
        order,
      ]);
    },

    async postpone(order, error) {
      await pool.query(
        `update payment_outbox set attempts = attempts + 1, last_error = $2,
           not_before = now() + least(power(2, attempts), 30) * interval '1 second'
         where order_reference = $1 and paid_at is null`,
        [order, error],
      );
    },

    async giveBack(order) {
      await pool.query('update payment_outbox set not_before = now() where order_reference = $1 and paid_at is null', [
        order,
      ]);
    },
  };
}
