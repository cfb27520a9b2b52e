import { availableParallelism } from 'node:os';
import { placeOrder } from '../../load/customer.ts';
import { unscheduledOrder } from '../../load/schedule.ts';
import { now } from '../../process/now.ts';
import { type Run, unlessStopped } from '../run/run.ts';
import type { Side } from '../shops/side.ts';
import { percentile } from './answers.ts';

/** The load that this machine can carry. */
export interface Load {
  /** Time that one order takes on this machine, in milliseconds, without the simulated delay of the payment service. */
  readonly orderMs: number;

  /** Orders per second at each shop. */
  readonly perSecond: number;

  /** Whether the machine is so busy or slow that even the smallest load is more than its share: then it makes customers wait. */
  readonly isBusy: boolean;
}

/** Orders placed one after the other at each shop before the scenario begins; the first third only warms it up. */
const ORDERS = 24;

/** Milliseconds after which {@link FEWEST} orders are enough, because each of them is slow. */
const ENOUGH = 3_000;
const FEWEST = 4;

/** A charge takes 20 to 60 ms by design, whatever the machine. */
const CHARGE = 40;

/** Share of the machine that the customers of both shops may use. Outages and the queues need the rest. */
const SHARE = 0.25;

/** Limits of the load, in orders per second: a busy shop, and the fewest with which a circuit opens within seconds. */
const MOST = 30;
const LEAST = 6;

/** Places some orders at both shops at the same time and derives the load that this machine can carry. */
export async function calibrate(sides: readonly Side[], run: Run): Promise<Load> {
  const took = await unlessStopped(Promise.all(sides.map(({ shopUrl }) => timeOrders(shopUrl))), run);
  return loadFor(took.flat(), { sides: sides.length, processors: availableParallelism() });
}

/** The load for a machine on which orders took this long, in milliseconds, with one at a time at each shop. */
export function loadFor(
  took: readonly number[],
  { sides, processors }: { readonly sides: number; readonly processors: number },
): Load {
  const orderMs = Math.max(1, (percentile(took, 0.5) ?? CHARGE) - CHARGE);
  const possible = Math.floor((SHARE * processors * 1_000) / (orderMs * sides));
  const perSecond = Math.min(MOST, Math.max(LEAST, possible));
  return { orderMs: Math.round(orderMs), perSecond, isBusy: possible < LEAST };
}

/** Describes the load in one sentence. */
export function describeLoad({ orderMs, perSecond, isBusy }: Load): string {
  const load = `An order takes ${orderMs} ms here, so each shop gets ${perSecond} customers a second (${LEAST} to ${MOST}).`;
  return isBusy ? `${load}\nThis machine is busy, so some of the waiting is its own. It decides nothing.` : load;
}

async function timeOrders(shop: string): Promise<readonly number[]> {
  const took: number[] = [];
  const end = now() + ENOUGH;
  while (took.length < FEWEST || (took.length < ORDERS && now() < end)) {
    const began = now();
    await placeOrder(shop, unscheduledOrder('calibration', took.length));
    took.push(now() - began);
  }
  return took.slice(took.length / 3);
}
