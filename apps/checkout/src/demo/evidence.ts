import type { Evidence, Moments } from './figures.ts';
import { readOrders } from './order-rows.ts';
import type { Side } from './side.ts';

/** Asks everybody who knows something of one side: its database, its payment service, its customers. */
export async function collectEvidence(side: Side, moments: Moments): Promise<Evidence> {
  const { offered, records } = side;
  const [orders, charges, calls] = await Promise.all([
    readOrders(side.database.url),
    side.payments.ledger(),
    side.payments.calls(),
  ]);
  return { offered, records, orders, charges, calls, moments };
}
