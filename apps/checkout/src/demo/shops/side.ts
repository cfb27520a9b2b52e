import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Because, State } from '@switchgear/axios';
import type { OrderRecord } from '../../load/customer.ts';
import { now } from '../../process/now.ts';
import type { Charge } from '../../services/payments.ts';
import { startChild } from '../run/child.ts';
import type { Run } from '../run/run.ts';
import { type Customers, startCustomers } from './customers.ts';
import type { SideDatabase } from './database.ts';
import {
  addressesOf,
  type DashboardAddress,
  environmentOf,
  type Operator,
  operatorOf,
  type ServicesReady,
} from './operator.ts';

/** The two shops of the demo: without and with breakers. */
export type SideName = 'without' | 'with';

/** A circuit of the shop changed its state. */
export interface Move {
  readonly breaker: string;
  readonly from: State;
  readonly to: State;
  readonly because: Because;

  /** When the demo received it, in milliseconds since 1970. */
  readonly at: number;
}

/** The state that a circuit last moved to. */
export function stateOf(breaker: string, moves: readonly Move[]): State {
  return moves.findLast((move) => move.breaker === breaker)?.to ?? 'closed';
}

/** One shop with its own processes, database and customers. */
export interface Side {
  readonly name: SideName;
  readonly database: SideDatabase;

  /** The payment provider that fails in the scenario, and the alternative that customers may allow. */
  readonly payments: Operator<Charge>;
  readonly alternative: Operator<Charge>;

  /** The product service, which the shop can do without. */
  readonly products: Operator<never>;

  /** The dashboard of its breakers; absent for the shop without breakers. */
  readonly dashboardUrl: string | undefined;

  /** Where customers place orders. */
  readonly shopUrl: string;

  /** Orders in the schedule; 0 if customers arrive without end, or before {@link Side.invite}. */
  readonly offered: number;

  /** The answers so far; only the latest if customers arrive without end. */
  readonly records: readonly OrderRecord[];

  /** The moves of its circuits so far. */
  readonly moves: readonly Move[];

  /** Starts the process of its customers, who wait for {@link Side.open}. */
  invite(customers: Customers): Promise<void>;

  /** Sends the customers; the schedule starts at the given time (milliseconds since 1970). */
  open(beginning: number): void;

  /** Resolves when every customer has got an answer. */
  readonly served: Promise<void>;
}

/** Options of one side. */
export interface SideOptions {
  readonly name: SideName;
  readonly database: SideDatabase;

  /** A folder for the charges that the payment providers record. */
  readonly directory: string;
  readonly idempotencyKeys: boolean;

  /** Where the dashboard of the shop with breakers is served. */
  readonly dashboard: DashboardAddress;
  readonly onMove: (side: SideName, move: Move) => void;
}

type OrdersReady = { readonly url: string; readonly dashboardUrl?: string };

/** Gives both sides the same arrivals, and payment services with the same random sequence. */
const SEED = '20';

/** Starts the processes of one side. */
export async function startSide(options: SideOptions, run: Run): Promise<Side> {
  const { name, database } = options;
  const directory = join(options.directory, name);
  await mkdir(directory);
  const services = await startChild<ServicesReady>(
    { name: `services (${name})`, entry: 'services/main.ts', environment: { CHARGES_FOLDER: directory, SEED } },
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
  orders.onMessage((message) => {
    const move: Move = { ...message, at: now() };
    moves.push(move);
    options.onMove(name, move);
  });
  return side;
}
