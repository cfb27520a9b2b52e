import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@switchgear/sharing';
import { clusterBus, relayReports } from '@switchgear/sharing/node';
import { redisBus } from '@switchgear/sharing/redis';
import { findRedis, startRedis } from '@switchgear/testkit/stores';
import { Redis } from 'ioredis';
import { required } from '../process/environment.ts';

/** What carries the reports of the processes to each other. */
export interface FleetBus {
  /** Called in a process of the shop. */
  connect(): Bus;

  /** Called once, by the process that starts the others. */
  begin(): BegunBus | Promise<BegunBus>;
}

/** A bus that carries reports. */
export interface BegunBus {
  /** For each process. */
  readonly environment: Readonly<Record<string, string>>;

  /** Says what the cut is: `The bus is cut`. */
  readonly said: string;

  /** Cuts it. Resolves when nothing more is done to it. */
  cut(): unknown;

  /** Leaves nothing behind. */
  end(): unknown;
}

/** How long Redis stands still before it is killed, in milliseconds. */
const FROZEN = 5_000;

/** The buses that the demo can run on. */
export const BUSES = {
  cluster: {
    connect: clusterBus,
    begin() {
      const cut = relayReports();
      return { environment: {}, said: 'The bus is cut', cut, end: () => {} };
    },
  },
  redis: {
    connect: () => redisBus(new Redis(Number(required('REDIS_PORT')), '127.0.0.1')),
    async begin() {
      const executable = findRedis();
      if (executable === undefined) throw new Error('No Redis is installed: Debian calls it redis-server');
      const server = await startRedis(executable);
      return {
        environment: { REDIS_PORT: String(server.port) },
        said: 'Redis is frozen, then killed',
        async cut() {
          server.pause();
          await delay(FROZEN, undefined, { ref: false });
          await server.kill();
        },
        end: () => server.stop(),
      };
    },
  },
} as const satisfies Record<string, FleetBus>;

/** The name of one of them. */
export type BusName = keyof typeof BUSES;

/** Redis where it is installed. */
export function usualBus(): BusName {
  return findRedis() === undefined ? 'cluster' : 'redis';
}

/** @throws {TypeError} if there is no bus of that name */
export function requireBus(name: string): BusName {
  if (Object.hasOwn(BUSES, name)) return name as BusName;
  throw new TypeError(`There is no bus '${name}'. Choose from ${Object.keys(BUSES).join(', ')}`);
}
