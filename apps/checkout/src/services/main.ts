/**
 * The services that the order service calls, as one process: two payment providers, products, customers, shipping. Each has
 * a port, a behaviour and records of its own, and shares nothing with the others but the process.
 *
 * Environment: CHARGES_FOLDER (folder of the providers' files); WORK_BEFORE_HANG (0.5, of the first provider), SEED (1).
 */
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { endWithParent, numeric, required, tellParent } from '../process/environment.ts';
import { listen } from '../process/listen.ts';
import { seededRandom } from '../process/random.ts';
import { type Behaviour, createBehaviour, type Delay } from './behaviour.ts';
import {
  createCustomerApi,
  createDoneOnce,
  createProductApi,
  createShippingApi,
  type Notice,
  type Parcel,
} from './neighbours.ts';
import { createOperatorApi } from './operator-api.ts';
import { createChargeApi, openProcessedCharges } from './payments.ts';
import { createResettableServer } from './resettable-server.ts';

/** External providers answer within 20 to 60 ms, internal services within 2 to 10. */
const PROVIDER: Delay = [20, 60];
const NEIGHBOUR: Delay = [2, 10];

endWithParent();
const random = seededRandom(numeric('SEED', 1));
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
  return createBehaviour({ healthy, workBeforeHang, random });
}

async function openProvider(name: string, workBeforeHang: number): Promise<string> {
  const processedCharges = openProcessedCharges(join(required('CHARGES_FOLDER'), `${name}.jsonl`));
  const create = (behaviour: Behaviour): Hono => createChargeApi(processedCharges, behaviour);
  return open(name, behave(PROVIDER, workBeforeHang), create, processedCharges.charges);
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
  const { server, resetConnections } = createResettableServer(create(behaviour), behaviour);
  operators.route(`/${name}`, createOperatorApi({ behaviour, records, resetConnections }));
  return listen(server, 0);
}
