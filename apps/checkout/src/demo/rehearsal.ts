import { availableParallelism } from 'node:os';
import { placeOrder } from '../load/customer.ts';
import type { Arrival } from '../load/schedule.ts';
import { now } from '../process/now.ts';
import { percentile } from './percentile.ts';
import { type Run, unlessStopped } from './run.ts';
import type { Side } from './side.ts';

/** How many customers this machine can be asked to serve. */
export interface Load {
  /** What an order costs here, in milliseconds: the time that it takes, less what it waits for payments by design. */
  readonly orderMs: number;

  /** Orders a second and side. */
  readonly perSecond: number;
}

/** Orders that are placed at each shop, one after the other, before the story begins; the first third only warms it up. */
const ORDERS = 24;

/** Milliseconds after which fewer of them have to do: where that is so, an order costs much. */
const ENOUGH = 3_000;
const FEWEST = 4;

/** A charge takes 20 to 60 ms because payments say so, whatever the machine. */
const CHARGE = 40;

/** How much of the machine the customers of both shops may take: outages and the queues need the rest. */
const SHARE = 0.25;

/** A busy shop; and as few as make its circuit see an outage within seconds. */
const MOST = 30;
const LEAST = 6;

/** Places some orders at both shops at the same time, and says how many customers a second this machine is good for. */
export async function rehearse(sides: readonly Side[], run: Run): Promise<Load> {
  const took = await unlessStopped(Promise.all(sides.map(({ shopUrl }) => timeOrders(shopUrl))), run);
  return loadFor(took.flat(), { sides: sides.length, processors: availableParallelism() });
}

/** The load for a machine on which orders took this long, in milliseconds, while each of the sides placed one at a time. */
export function loadFor(
  took: readonly number[],
  { sides, processors }: { readonly sides: number; readonly processors: number },
): Load {
  const orderMs = Math.max(1, (percentile(took, 0.5) ?? CHARGE) - CHARGE);
  const possible = Math.floor((SHARE * processors * 1_000) / (orderMs * sides));
  return { orderMs: Math.round(orderMs), perSecond: Math.min(MOST, Math.max(LEAST, possible)) };
}

/** The load in a sentence. */
export function sayLoad({ orderMs, perSecond }: Load): string {
  return `An order costs ${orderMs} ms here, so ${perSecond} customers a second come to each shop.`;
}

async function timeOrders(shop: string): Promise<readonly number[]> {
  const took: number[] = [];
  const end = now() + ENOUGH;
  while (took.length < FEWEST || (took.length < ORDERS && now() < end)) {
    const began = now();
    await placeOrder(shop, orderOutside('rehearsal', took.length));
    took.push(now() - began);
  }
  return took.slice(took.length / 3);
}

/** An order that is not in the schedule, of a customer who does not allow the alternative provider. */
export function orderOutside(what: string, number: number): Arrival {
  return { reference: `${what}-${number}`, customer: 'customer-1', product: 'product-1', amountCents: 1_000, after: 0 };
}
