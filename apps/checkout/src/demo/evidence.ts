import type { Evidence, Moments } from './figures.ts';
import { readOrders } from './order-rows.ts';
import type { Side } from './side.ts';

/** Asks everybody who knows something of one side: its database, its payment providers, its customers. */
export async function collectEvidence(side: Side, moments: Moments): Promise<Evidence> {
  const { offered, records } = side;
  const [orders, charges, alternativeCharges, calls] = await Promise.all([
    readOrders(side.database.url),
    side.payments.records(),
    side.alternative.records(),
    side.payments.calls(),
  ]);
  return { offered, records, orders, charges, alternativeCharges, calls, moments };
}
