import type { OrderRecord } from '../load/answer.ts';
import type { Charge } from '../payments/ledger.ts';
import type { Mode } from '../services/mode.ts';
import { readOrders } from './order-rows.ts';
import type { Side } from './side.ts';

/** When things happened, if they did, in milliseconds since 1970. */
export interface Moments {
  /** Payments became slow. */
  readonly slowAt: number | undefined;

  /** Payments stopped answering. */
  readonly deadAt: number | undefined;

  /** Payments came back. */
  readonly backAt: number | undefined;

  /** PostgreSQL was killed. */
  readonly databaseDownAt: number | undefined;
}

/** All that is known of one side at the end. */
export interface Evidence {
  /** Orders in the schedule. */
  readonly offered: number;

  /** What each customer got: the load generator's record. */
  readonly records: readonly OrderRecord[];

  /** Each order in the database, with when its payment was marked paid, or `null` while it is owed. */
  readonly orders: ReadonlyMap<string, number | null>;

  /** The payment service's ledger. */
  readonly charges: readonly Charge[];

  /** The alternative provider's ledger. */
  readonly alternativeCharges: readonly Charge[];

  /** What the payment service counted. */
  readonly calls: Readonly<Record<Mode, number>>;

  readonly moments: Moments;
}

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
