import type { OrderRecord } from '../../load/customer.ts';
import { startChild } from '../run/child.ts';
import type { Run } from '../run/run.ts';

/** Customers who arrive at predetermined times. */
export interface Customers {
  /** Orders a second. */
  readonly perSecond: number;

  /** For how long they arrive, in milliseconds; 0 means without end. */
  readonly duration: number;
}

/** Customers who wait for the shop to open. */
export interface StartedCustomers {
  /** Orders in the schedule; 0 if customers arrive without end. */
  readonly offered: number;

  /** Sends them; the schedule starts at the given time (milliseconds since 1970). */
  open(beginning: number): void;
}

/** The shop they order at. */
export interface ShopToVisit {
  readonly side: string;
  readonly shopUrl: string;

  /** The same seed gives the same customers. */
  readonly seed: string;

  /** Receives the answers. */
  readonly records: OrderRecord[];

  /** Called when every customer has got an answer. */
  readonly onServed: () => void;
}

/** How many of the latest records are kept when customers come without end. */
const LATEST = 5_000;

type LoadMessage = { readonly type: 'order'; readonly record: OrderRecord } | { readonly type: 'end' };

/** Starts the process of a shop's customers. */
export async function startCustomers(
  { side, shopUrl, seed, records, onServed }: ShopToVisit,
  { perSecond, duration }: Customers,
  run: Run,
): Promise<StartedCustomers> {
  const environment = {
    SHOP_URL: shopUrl,
    PER_SECOND: String(perSecond),
    DURATION: String(duration),
    SEED: seed,
  };
  const load = await startChild<{ readonly offered: number }, LoadMessage>(
    { name: `load (${side})`, entry: 'load/main.ts', environment },
    run,
  );
  load.onMessage((message) => {
    if (message.type === 'end') onServed();
    else records.push(message.record);
    if (duration === 0 && records.length >= 2 * LATEST) records.splice(0, LATEST);
  });
  return { offered: load.ready.offered, open: (beginning) => load.send({ beginning }) };
}
