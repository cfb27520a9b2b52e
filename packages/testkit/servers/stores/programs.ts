import { writeFileSync } from 'node:fs';
import { executableOrSkip, findExecutable, type Program } from '../programs/executable-or-skip.ts';
import { type StoreServer, startStore } from './store-server.ts';

const REDIS: Program = { title: 'Redis', name: 'redis-server', variable: 'REDIS_PATH', debian: 'redis-server' };
const SENTINEL: Program = {
  title: "Redis's sentinel",
  name: 'redis-sentinel',
  variable: 'REDIS_SENTINEL_PATH',
  debian: 'redis-sentinel',
};
const NATS: Program = { title: 'NATS', name: 'nats-server', variable: 'NATS_PATH', debian: 'nats-server' };
const ETCD: Program = { title: 'etcd', name: 'etcd', variable: 'ETCD_PATH', debian: 'etcd-server' };

/** The executable of a Redis; `undefined` if there is none. */
export const findRedis = (): string | undefined => findExecutable(REDIS);

/**
 * The executable of this server for tests, or `undefined` if there is none and the tests have to be skipped: from
 * `REDIS_PATH`, `NATS_PATH` or `ETCD_PATH`, or the first on this machine.
 *
 * @throws {Error} if there is none and `CI` is set, because a skipped test has not passed
 */
export const redisOrSkip = (): string | undefined => executableOrSkip(REDIS);
/** As {@link redisOrSkip}, from `REDIS_SENTINEL_PATH`. */
export const sentinelOrSkip = (): string | undefined => executableOrSkip(SENTINEL);
/** As {@link redisOrSkip}. */
export const natsOrSkip = (): string | undefined => executableOrSkip(NATS);
/** As {@link redisOrSkip}. */
export const etcdOrSkip = (): string | undefined => executableOrSkip(ETCD);

/**
 * Starts a Redis that keeps its data in memory.
 *
 * @param more settings: `['--requirepass', 'secret']`
 */
export function startRedis(executable: string, more: readonly string[] = []): Promise<StoreServer> {
  const own = (port: number, home: string) => ['--port', String(port), '--bind', '127.0.0.1', '--dir', home];
  return startStore(executable, (port, home) => [...own(port, home), '--save', '', ...more]);
}

/**
 * Starts a sentinel that alone decides when this Redis is dead, and appoints a replica in its place.
 *
 * @param primary the port of the Redis, which is called `breakers`
 */
export function startSentinel(executable: string, primary: number): Promise<StoreServer> {
  return startStore(executable, (port, home) => {
    const file = `${home}/sentinel.conf`;
    const lines = [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${home}`,
      `sentinel monitor breakers 127.0.0.1 ${primary} 1`,
      'sentinel down-after-milliseconds breakers 1000',
      'sentinel failover-timeout breakers 3000',
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    return [file];
  });
}

/**
 * Starts a NATS with JetStream, whose streams outlive it.
 *
 * @param more settings
 */
export function startNats(executable: string, more: readonly string[] = []): Promise<StoreServer> {
  const own = (port: number, home: string) => ['--port', String(port), '--addr', '127.0.0.1', '--store_dir', home];
  return startStore(executable, (port, home) => [...own(port, home), '--jetstream', ...more]);
}

/** Starts an etcd of one member, whose keys outlive it. */
export function startEtcd(executable: string): Promise<StoreServer> {
  return startStore(executable, (port, home) => {
    const [clients, peers] = [`http://127.0.0.1:${port}`, 'http://127.0.0.1:0'];
    const addresses = ['--listen-client-urls', clients, '--advertise-client-urls', clients];
    return ['--data-dir', `${home}/data`, ...addresses, '--listen-peer-urls', peers, '--log-level', 'error'];
  });
}
