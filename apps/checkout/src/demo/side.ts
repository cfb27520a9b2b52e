import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Because } from '@switchgear/axios';
import type { OrderRecord } from '../load/answer.ts';
import type { Charge } from '../payments/ledger.ts';
import { now } from '../process/now.ts';
import { startChild } from './child.ts';
import { type Customers, startCustomers } from './customers.ts';
import { type DashboardPlace, environmentOf } from './dashboard.ts';
import type { SideDatabase } from './database.ts';
import { addressesOf, type Operator, operatorOf, type ServicesReady } from './operator.ts';
import type { Run } from './run.ts';

/** The two shops of the demo, by what tells them apart. */
export type SideName = 'without' | 'with';

/** A circuit of the shop changed its state. */
export interface Move {
  readonly breaker: string;
  readonly from: string;
  readonly to: string;
  readonly because: Because;

  /** When the demo was told, in milliseconds since 1970. */
  readonly at: number;
}

/** One shop with all that belongs to it: its own processes, its own database, its own customers. */
export interface Side {
  readonly name: SideName;
  readonly database: SideDatabase;

  /** The provider that fails, and the one that customers may allow. */
  readonly payments: Operator<Charge>;
  readonly alternative: Operator<Charge>;

  /** What the shop can do without. */
  readonly products: Operator<never>;

  /** Where its breakers are to be seen; only a shop that has some has it. */
  readonly dashboardUrl: string | undefined;

  /** Where customers order. */
  readonly shopUrl: string;

  /** Where its processes listen. */
  readonly addresses: readonly string[];

  /** Orders in the schedule; 0 if customers come for ever, or none are invited yet. */
  readonly offered: number;

  /** What its customers got so far; of customers who come for ever the latest. */
  readonly records: readonly OrderRecord[];

  /** What its circuits did so far. */
  readonly moves: readonly Move[];

  /** Starts the process of its customers, who wait for {@link Side.open}. */
  invite(customers: Customers): Promise<void>;

  /** Sends the customers, the first of them at the given time (milliseconds since 1970). */
  open(beginning: number): void;

  /** Resolves when every customer has had an answer. */
  readonly served: Promise<void>;
}

/** What the two sides have in common, and what they do not. */
export interface SideOptions {
  readonly name: SideName;
  readonly database: SideDatabase;

  /** A folder for the payment providers' ledgers. */
  readonly directory: string;
  readonly idempotencyKeys: boolean;

  /** Where the dashboard of the shop with breakers is to be. */
  readonly dashboard: DashboardPlace;
  readonly onMove: (side: SideName, move: Move) => void;
}

type OrdersReady = { readonly url: string; readonly dashboardUrl?: string };

/** Both sides get the same arrivals, and payment services with the same chances. */
const SEED = '20';

/** Starts the processes of one side. */
export async function startSide(options: SideOptions, run: Run): Promise<Side> {
  const { name, database } = options;
  const directory = join(options.directory, name);
  await mkdir(directory);
  const services = await startChild<ServicesReady>(
    { name: `services (${name})`, entry: 'services/main.ts', environment: { LEDGERS: directory, SEED } },
    run,
  );
  const { operatorUrl } = services.ready;
  const orders = await startChild<OrdersReady, Omit<Move, 'at'>>(
    {
      name: `orders (${name})`,
      entry: 'orders/main.ts',
      environment: {
        DATABASE_URL: database.url,
        ...addressesOf(services.ready),
        BREAKERS: name === 'with' ? 'on' : 'off',
        IDEMPOTENCY_KEYS: options.idempotencyKeys ? 'on' : 'off',
        ...(name === 'with' && environmentOf(options.dashboard)),
      },
    },
    run,
  );
  const records: OrderRecord[] = [];
  const moves: Move[] = [];
  const served = Promise.withResolvers<void>();
  const side = {
    name,
    database,
    payments: operatorOf<Charge>(operatorUrl, 'payments'),
    alternative: operatorOf<Charge>(operatorUrl, 'alternative'),
    products: operatorOf<never>(operatorUrl, 'products'),
    dashboardUrl: orders.ready.dashboardUrl,
    shopUrl: orders.ready.url,
    addresses: [orders.ready.url, operatorUrl, ...Object.values(services.ready.urls)],
    offered: 0,
    records,
    moves,
    open: (_beginning: number): void => undefined,
    served: served.promise,
    async invite(customers: Customers): Promise<void> {
      const shop = { side: name, shopUrl: side.shopUrl, seed: SEED, records, onServed: served.resolve };
      Object.assign(side, await startCustomers(shop, customers, run));
    },
  };
  orders.onMessage((told) => {
    const move: Move = { ...told, at: now() };
    moves.push(move);
    options.onMove(name, move);
  });
  return side;
}
