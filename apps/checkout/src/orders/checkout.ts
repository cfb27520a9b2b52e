import type { DescribeProduct, ProductData } from './lookups.ts';
import type { Order, OrderStore } from './order-store.ts';
import type { FallbackCounts } from './pay.ts';
import type { Queues } from './queues.ts';

/** The receipt for the customer. */
export interface Receipt {
  readonly reference: string;
  readonly payment: 'paid' | 'queued';
  readonly product: ProductData;
}

/** The dependencies of a checkout. */
export interface Shop {
  readonly orders: OrderStore;
  readonly payments: Pick<Queues['payments'], 'attempt'>;
  readonly describeProduct: DescribeProduct;
  readonly fallbackCounts: FallbackCounts;
}

/** Thrown if another order already has this reference. */
export class ReferenceTakenError extends Error {
  override readonly name: string = 'ReferenceTakenError';
}

/**
 * Accepts an order. Once it is stored it stays accepted: a payment that cannot be taken now is queued, and the customer gets a notice.
 *
 * @throws {UnknownProductError} if the product does not exist
 * @throws {ReferenceTakenError} if another order has this reference
 * @throws the database's error if the order could not be stored; it is then not accepted
 */
export async function checkout(shop: Shop, order: Order): Promise<Receipt> {
  const { reference } = order;
  const product = await shop.describeProduct(order.product);
  const receipt = (paid: boolean): Receipt => ({ reference, payment: paid ? 'paid' : 'queued', product });
  const payment = await shop.orders.place(order);
  if (!payment) {
    const placed = await shop.orders.find(reference);
    if (!placed || !isSame(placed, order)) throw new ReferenceTakenError(`There is another order ${reference}`);
    return receipt(placed.paid);
  }
  const { delivered } = await shop.payments.attempt(payment);
  if (delivered || !(await isQueued(shop.orders, order))) return receipt(true);
  shop.fallbackCounts.payments += 1;
  return receipt(false);
}

/** Queues the notice. If that fails the order is still accepted, and the response informs the customer. */
async function isQueued(orders: OrderStore, order: Order): Promise<boolean> {
  try {
    return await orders.queue(order);
  } catch (error) {
    console.error(`orders: no notice for ${order.reference}: ${error}`);
    return true;
  }
}

function isSame(a: Order, b: Order): boolean {
  return a.customer === b.customer && a.product === b.product && a.amountCents === b.amountCents;
}
