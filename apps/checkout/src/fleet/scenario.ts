import { setTimeout as delay } from 'node:timers/promises';
import { type Run, unlessStopped } from '../demo/run/run.ts';
import type { Operator } from '../demo/shops/operator.ts';
import type { OrderRecord } from '../load/customer.ts';
import { placeOrder } from '../load/customer.ts';
import { runOpenLoop } from '../load/open-loop.ts';
import { createSchedule } from '../load/schedule.ts';
import { now } from '../process/now.ts';
import type { Charge } from '../services/payments.ts';
import type { Part } from './log.ts';
import type { Processes } from './processes.ts';

/** Milliseconds that the phases take. */
export interface Lengths {
  /** The processes warm up; this is not counted. */
  readonly warmUp: number;

  /** All is well. */
  readonly well: number;

  /** All is well, and the bus is cut. Longer than the ten seconds after which an instance takes itself to be alone. */
  readonly cut: number;

  /** Payments are dead. */
  readonly dead: number;

  /** They are back. */
  readonly back: number;
}

/** The usual, which takes 50 s, and the short one for tests, in which no process has time to take itself to be alone. */
export const USUAL: Lengths = { warmUp: 2_000, well: 6_000, cut: 14_000, dead: 8_000, back: 6_000 };
export const SHORT: Lengths = { warmUp: 500, well: 1_500, cut: 1_500, dead: 4_000, back: 2_500 };

/** Orders a second, of all processes together. */
const PER_SECOND = 6;

/** Where the scenario takes place. */
export interface Scene {
  readonly processes: Pick<Processes, 'url' | 'cutBus'>;
  readonly payments: Operator<Charge>;

  /** Receives the answers. */
  readonly orders: OrderRecord[];
  readonly note: (text: string) => void;
}

/** Plays both parts, with the bus and with the bus cut: payments die and come back, while customers keep coming. */
export async function playScenario(scene: Scene, lengths: Lengths, run: Run): Promise<readonly [Part, Part]> {
  const { processes, orders, note } = scene;
  const { warmUp, well, cut, dead, back } = lengths;
  const duration = warmUp + well + cut + 2 * (dead + back);
  const schedule = createSchedule({ seed: 7, perSecond: PER_SECOND, duration });
  const place = (arrival: (typeof schedule)[number]) => placeOrder(processes.url, arrival);
  const served = runOpenLoop(schedule, now(), place, (record) => orders.push(record));
  note('Customers come to four processes of one shop');
  await unlessStopped(delay(warmUp), run);
  const first = await playPart('All is well', well, scene, lengths, run);
  note(`${processes.cutBus()} (${cut / 1_000} s)`);
  const second = await playPart(undefined, cut, scene, lengths, run);
  await unlessStopped(served, run);
  return [first, second];
}

async function playPart(
  title: string | undefined,
  well: number,
  { payments, note }: Scene,
  { dead, back }: Lengths,
  run: Run,
): Promise<Part> {
  const wait = (ms: number) => unlessStopped(delay(ms), run);
  const beganAt = now();
  if (title) note(`${title} (${well / 1_000} s)`);
  await wait(well);
  const before = (await payments.calls()).refuse;
  note(`Payments die (${dead / 1_000} s)`);
  const deadAt = await payments.setMode('refuse');
  await wait(dead);
  const callsToDeadService = (await payments.calls()).refuse - before;
  note(`Payments are back (${back / 1_000} s)`);
  const backAt = await payments.setMode('healthy');
  await wait(back);
  return { beganAt, deadAt, backAt, endedAt: now(), callsToDeadService };
}
