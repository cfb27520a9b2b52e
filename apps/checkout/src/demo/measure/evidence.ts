import type { OrderRecord } from '../../load/customer.ts';
import type { Mode } from '../../services/behaviour.ts';
import type { Charge } from '../../services/payments.ts';
import type { Moments } from '../scenario/play.ts';
import { readOrders } from '../shops/database.ts';
import type { Side } from '../shops/side.ts';

/** Everything recorded about one side at the end. */
export interface Evidence {
  /** Orders in the schedule. */
  readonly offered: number;

  /** The answer to each customer, as recorded by the load generator. */
  readonly records: readonly OrderRecord[];

  /** Each order in the database, with when its payment was marked paid, or `null` while it is owed. */
  readonly orders: ReadonlyMap<string, number | null>;

  /** The amounts of all orders that are marked paid. */
  readonly paidCents: number;

  /** The charges recorded by the payment service. */
  readonly charges: readonly Charge[];

  /** The charges recorded by the alternative provider. */
  readonly alternativeCharges: readonly Charge[];

  /** The calls counted by the payment service, by its mode. */
  readonly calls: Readonly<Record<Mode, number>>;

  readonly moments: Moments;
}

/** Collects the evidence of one side from its database, payment providers and customers. */
export async function collectEvidence(side: Side, moments: Moments): Promise<Evidence> {
  const { offered, records } = side;
  const [{ orders, paidCents }, charges, alternativeCharges, calls] = await Promise.all([
    readOrders(side.database.url),
    side.payments.records(),
    side.alternative.records(),
    side.payments.calls(),
  ]);
  return { offered, records, orders, paidCents, charges, alternativeCharges, calls, moments };
}
