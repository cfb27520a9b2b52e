import type { Outbox } from '@switchgear/outbox';
import type { Order, OrderBook } from './order-book.ts';
import type { Payment } from './payments.ts';

/** What the customer is told. */
export interface Receipt {
  readonly reference: string;
  readonly payment: 'paid' | 'queued';
}

/** What a checkout needs. */
export interface Shop {
  readonly orders: OrderBook;
  readonly payments: Pick<Outbox<Payment>, 'attempt'>;
}

/** Thrown for a second order under the reference of another one. */
export class ReferenceTakenError extends Error {
  override readonly name: string = 'ReferenceTakenError';
}

/**
 * Accepts an order. Once it is in the book it stays accepted: a payment that cannot be taken now is queued.
 *
 * @throws {ReferenceTakenError} when there is another order under this reference
 * @throws whatever the database says when the order could not be written down; it is then not accepted
 */
export async function checkout({ orders, payments }: Shop, order: Order): Promise<Receipt> {
  const { reference } = order;
  const payment = await orders.place(order);
  if (!payment) {
    const placed = await orders.find(reference);
    if (placed?.amountCents !== order.amountCents) throw new ReferenceTakenError(`There is another order ${reference}`);
    return { reference, payment: placed.paid ? 'paid' : 'queued' };
  }
  const { delivered } = await payments.attempt(payment);
  return { reference, payment: delivered ? 'paid' : 'queued' };
}
