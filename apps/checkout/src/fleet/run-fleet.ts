import { randomUUID } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from '../demo/run/child.ts';
import { startCleanup } from '../demo/run/cleanup.ts';
import { type Run, unlessStopped } from '../demo/run/run.ts';
import { reasonOf } from '../demo/screen/circuits.ts';
import { addressesOf, operatorOf, type ServicesReady } from '../demo/shops/operator.ts';
import type { OrderRecord } from '../load/customer.ts';
import type { Charge } from '../services/payments.ts';
import type { BusName } from './bus.ts';
import type { FleetEnding } from './ending.ts';
import { figuresOf } from './figures.ts';
import type { Log, Told } from './log.ts';
import { type Processes, startProcesses } from './processes.ts';
import { type Lengths, playScenario } from './scenario.ts';

/** How to run the demo of the fleet. */
export interface FleetOptions {
  readonly bus: BusName;
  readonly lengths: Lengths;

  /** Receives a line for each thing that happens. */
  readonly note: (text: string) => void;
}

/** How many processes the shop has. */
const SIZE = 4;

/** Starts the services and the fleet, plays the scenario on them, and measures what came of it. */
export async function runFleet({ bus, lengths, note }: FleetOptions, run: Run): Promise<FleetEnding> {
  const directory = join(await realpath(tmpdir()), `switchgear-fleet-${randomUUID()}`);
  startCleanup(run)({ directory });
  await mkdir(directory);
  const { ready } = await startChild<ServicesReady>(
    { name: 'services', entry: 'services/main.ts', environment: { CHARGES_FOLDER: directory } },
    run,
  );
  const told: Told[] = [];
  const orders: OrderRecord[] = [];
  const log: Log = { size: SIZE, told, orders };
  const processes = await startProcesses(
    {
      bus,
      size: SIZE,
      environment: addressesOf(ready),
      onMessage(process, message) {
        told.push({ ...message, process });
        const text = lineOf({ ...message, process });
        if (text) note(`  process ${process}: ${text}`);
      },
    },
    run,
  );
  const payments = operatorOf<Charge>(ready.operatorUrl, 'payments');
  const [first, second] = await playScenario({ processes, payments, orders, note }, lengths, run);
  const unpaid = await drained(processes, run);
  const charged = (await payments.records()).map(({ order }) => order);
  return {
    size: SIZE,
    together: figuresOf(log, first),
    cut: figuresOf(log, second),
    unpaid,
    paidTwice: charged.length - new Set(charged).size,
  };
}

/** Has payments tried until none is owed, or for a minute: a circuit that is not closed yet lets few through. */
async function drained({ drain }: Pick<Processes, 'drain'>, run: Run): Promise<number> {
  for (let tries = 0; ; tries++) {
    const left = await drain();
    if (left === 0 || tries === 120) return left;
    await unlessStopped(delay(500), run);
  }
}

function lineOf(message: Told): string | undefined {
  if (message.type === 'sharing' && message.what === 'alone') return 'has heard of no other for ten seconds';
  if (message.type !== 'move') return undefined;
  if (message.to === 'closed') return 'circuit closed';
  // Probes that fail are many, and say only that it goes on.
  return message.from === 'closed' ? `circuit opened: ${reasonOf(message)}` : undefined;
}
