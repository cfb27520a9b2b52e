/**
 * The services that the order service calls, as one process: two payment providers, products, customers, shipping. Each has
 * a port, a behaviour and records of its own, and shares nothing with the others but the process.
 *
 * Environment: LEDGERS (folder of the providers' files); WORK_BEFORE_HANG (0.5, of the first provider), SEED (1).
 */
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { createCustomerApi, type Notice } from '../customers/customer-api.ts';
import { createChargeApi } from '../payments/charge-api.ts';
import { openLedger } from '../payments/ledger.ts';
import { seededDice } from '../process/dice.ts';
import { numeric, required } from '../process/environment.ts';
import { listen } from '../process/listen.ts';
import { endWithParent, tellParent } from '../process/parent.ts';
import { createProductApi } from '../products/product-api.ts';
import { createShippingApi, type Parcel } from '../shipping/shipping-api.ts';
import { type Behaviour, createBehaviour } from './behaviour.ts';
import { createDoneOnce } from './done-once.ts';
import { createFrontDoor } from './front-door.ts';
import type { Delay } from './mode.ts';
import { createOperatorApi } from './operator-api.ts';

/** Somebody else's company answers within 20 to 60 ms, a neighbour within 2 to 10. */
const PROVIDER: Delay = [20, 60];
const NEIGHBOUR: Delay = [2, 10];

endWithParent();
const dice = seededDice(numeric('SEED', 1));
const operators = new Hono();
const urls = {
  payments: await openProvider('payments', numeric('WORK_BEFORE_HANG', 0.5)),
  alternative: await openProvider('alternative', 0.5),
  products: await open('products', behave(NEIGHBOUR), createProductApi, () => []),
  customers: await openRecording<Notice>('customers', createCustomerApi),
  shipping: await openRecording<Parcel>('shipping', createShippingApi),
};
const operatorUrl = await listen(createAdaptorServer({ fetch: operators.fetch }) as Server, 0);
tellParent({ type: 'ready', urls, operatorUrl });
console.log(`services: ${Object.values(urls).join(' ')}, operators at ${operatorUrl}`);

function behave(healthy: Delay, workBeforeHang = 0): Behaviour {
  return createBehaviour({ healthy, workBeforeHang, dice });
}

async function openProvider(name: string, workBeforeHang: number): Promise<string> {
  const ledger = openLedger(join(required('LEDGERS'), `${name}.jsonl`));
  const create = (behaviour: Behaviour): Hono => createChargeApi(ledger, behaviour);
  return open(name, behave(PROVIDER, workBeforeHang), create, ledger.charges);
}

async function openRecording<Thing>(
  name: string,
  create: (behaviour: Behaviour, done: ReturnType<typeof createDoneOnce<Thing>>) => Hono,
): Promise<string> {
  const done = createDoneOnce<Thing>();
  return open(name, behave(NEIGHBOUR), (behaviour) => create(behaviour, done), done.all);
}

async function open(
  name: string,
  behaviour: Behaviour,
  create: (behaviour: Behaviour) => Hono,
  records: () => readonly unknown[],
): Promise<string> {
  const { server, resetConnections } = createFrontDoor(create(behaviour), behaviour);
  operators.route(`/${name}`, createOperatorApi({ behaviour, records, resetConnections }));
  return listen(server, 0);
}
