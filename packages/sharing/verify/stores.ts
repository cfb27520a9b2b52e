import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import { type Postgres, startPostgres } from '@switchgear/testkit/postgres';
import { natsOrSkip, redisOrSkip, startNats, startRedis } from '@switchgear/testkit/stores';
import { Redis } from 'ioredis';
import pg from 'pg';
import postgres from 'postgres';
import { createClient } from 'redis';
import { hubMailbox, hubRegister } from '../src/durable-object/index.ts';
import type { Bus, Register } from '../src/index.ts';
import { natsBus, natsRegister } from '../src/nats/index.ts';
import { postgresBus, postgresMailbox, postgresRegister } from '../src/postgres/index.ts';
import { redisBus, redisMailbox, redisRegister } from '../src/redis/index.ts';
import { hubAt, startHub } from '../test/stores/hub-server.ts';

/** A server that can be hurt. */
export type Server = Pick<Postgres, 'port' | 'kill' | 'restart' | 'stop'> & {
  pause(): unknown;
  resume(): unknown;
};

/** A way to it: a driver with a client. */
export interface Way<Made> {
  readonly name: string;

  /** @param ends collects what ends its client */
  make(port: number, ends: (() => unknown)[]): Made | Promise<Made>;
}

/** A store with its drivers. */
export interface Store {
  readonly name: string;
  start(): Promise<Server>;
  readonly buses: readonly Way<Bus>[];
  readonly registers: readonly Way<Register>[];
}

function ioredis(port: number, ends: (() => unknown)[]): Redis {
  const client = new Redis(port, '127.0.0.1');
  ends.push(() => client.disconnect());
  return client;
}

async function nodeRedis(port: number, ends: (() => unknown)[]) {
  const client = createClient({ socket: { host: '127.0.0.1', port } });
  ends.push(() => client.destroy());
  await client.connect();
  return client;
}

function pool(port: number, ends: (() => unknown)[]): pg.Pool {
  const made = new pg.Pool({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', max: 3 });
  ends.push(() => made.end());
  return made;
}

function sql(port: number, ends: (() => unknown)[]): postgres.Sql {
  const made = postgres({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', max: 3, onnotice() {} });
  ends.push(() => made.end({ timeout: 0 }));
  return made;
}

/** Redis that keeps what it confirms. */
const redis: Store = {
  name: 'redis',
  start: () => startRedis(redisOrSkip() ?? '', ['--appendonly', 'yes', '--appendfsync', 'always']),
  buses: [
    { name: 'redisBus, ioredis', make: (port, ends) => redisBus(ioredis(port, ends)) },
    { name: 'redisBus, node-redis', make: async (port, ends) => redisBus(await nodeRedis(port, ends)) },
    { name: 'redisMailbox, ioredis', make: (port, ends) => redisMailbox(ioredis(port, ends)) },
    { name: 'redisMailbox, node-redis', make: async (port, ends) => redisMailbox(await nodeRedis(port, ends)) },
  ],
  registers: [
    { name: 'redisRegister, ioredis', make: (port, ends) => redisRegister(ioredis(port, ends)) },
    { name: 'redisRegister, node-redis', make: async (port, ends) => redisRegister(await nodeRedis(port, ends)) },
  ],
};

const postgresql: Store = {
  name: 'postgres',
  start: () => startPostgres(),
  buses: [
    { name: 'postgresBus, pg', make: (port, ends) => postgresBus(pool(port, ends)) },
    { name: 'postgresBus, postgres.js', make: (port, ends) => postgresBus(sql(port, ends)) },
    { name: 'postgresMailbox, pg', make: (port, ends) => postgresMailbox(pool(port, ends)) },
    { name: 'postgresMailbox, postgres.js', make: (port, ends) => postgresMailbox(sql(port, ends)) },
  ],
  registers: [
    { name: 'postgresRegister, pg', make: (port, ends) => postgresRegister(pool(port, ends)) },
    { name: 'postgresRegister, postgres.js', make: (port, ends) => postgresRegister(sql(port, ends)) },
  ],
};

async function natsConnection(port: number, ends: (() => unknown)[]) {
  const patient = { maxReconnectAttempts: -1, reconnectTimeWait: 500, waitOnFirstConnect: true };
  const connection = await connect({ servers: `127.0.0.1:${port}`, ...patient });
  ends.push(() => connection.close());
  return connection;
}

async function natsBucket(port: number, ends: (() => unknown)[]): Promise<Register> {
  const connection = await natsConnection(port, ends);
  return natsRegister(connection, await new Kvm(connection).create('breakers', { allow_direct: false }));
}

const nats: Store = {
  name: 'nats',
  start: () => startNats(natsOrSkip() ?? ''),
  buses: [{ name: 'natsBus', make: async (port, ends) => natsBus(await natsConnection(port, ends)) }],
  registers: [{ name: 'natsRegister', make: natsBucket }],
};

/** Durable Objects of a workerd. */
const durableObject: Store = {
  name: 'durable-object',
  start: startHub,
  buses: [{ name: 'hubMailbox', make: (port) => hubMailbox(hubAt(port)) }],
  registers: [{ name: 'hubRegister', make: (port) => hubRegister(hubAt(port)) }],
};

/** All stores whose servers can be started here. */
export const stores: readonly Store[] = [redis, postgresql, nats, durableObject];

/** The stores that this program was asked for: `node scenes.ts redis`; all if none is named. */
export function storesAsked(): readonly Store[] {
  const names = process.argv.slice(2);
  return names.length === 0 ? stores : stores.filter(({ name }) => names.includes(name));
}
