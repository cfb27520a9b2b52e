import type { OrderRecord } from '../load/answer.ts';
import { startChild } from './child.ts';
import type { Run } from './run.ts';

/** Customers who come at times that are decided beforehand. */
export interface Customers {
  /** Orders a second. */
  readonly perSecond: number;

  /** For how long they come, in milliseconds; 0: for ever. */
  readonly lasting: number;
}

/** Customers who are there, and wait for the shop to open. */
export interface StartedCustomers {
  /** Orders in the schedule; 0 if they come for ever. */
  readonly offered: number;

  /** Sends them, the first at the given time (milliseconds since 1970). */
  open(beginning: number): void;
}

/** Where they order. */
export interface ShopToVisit {
  readonly side: string;
  readonly shopUrl: string;

  /** The same one sends the same customers. */
  readonly seed: string;

  /** Takes in what they got. */
  readonly records: OrderRecord[];

  /** Told when every one of them has had an answer. */
  readonly onServed: () => void;
}

/** How many records are kept at least where they have no end. */
const LATEST = 5_000;

type LoadMessage = { readonly type: 'order'; readonly record: OrderRecord } | { readonly type: 'end' };

/** Starts the process of a shop's customers. */
export async function startCustomers(
  { side, shopUrl, seed, records, onServed }: ShopToVisit,
  { perSecond, lasting }: Customers,
  run: Run,
): Promise<StartedCustomers> {
  const environment = {
    SHOP_URL: shopUrl,
    PER_SECOND: String(perSecond),
    LASTING: String(lasting),
    SEED: seed,
  };
  const load = await startChild<{ readonly offered: number }, LoadMessage>(
    { name: `load (${side})`, entry: 'load/main.ts', environment },
    run,
  );
  load.onMessage((message) => {
    if (message.type === 'end') onServed();
    else records.push(message.record);
    if (lasting === 0 && records.length >= 2 * LATEST) records.splice(0, LATEST);
  });
  return { offered: load.ready.offered, open: (beginning) => load.send({ beginning }) };
}
