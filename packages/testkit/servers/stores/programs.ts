import { executableOrSkip, type Program } from '../programs/executable-or-skip.ts';
import { type StoreServer, startStore } from './store-server.ts';

const REDIS: Program = { title: 'Redis', name: 'redis-server', variable: 'REDIS_PATH', debian: 'redis-server' };
const NATS: Program = { title: 'NATS', name: 'nats-server', variable: 'NATS_PATH', debian: 'nats-server' };
const ETCD: Program = { title: 'etcd', name: 'etcd', variable: 'ETCD_PATH', debian: 'etcd-server' };

/**
 * The executable of this server for tests, or `undefined` if there is none and the tests have to be skipped: from
 * `REDIS_PATH`, `NATS_PATH` or `ETCD_PATH`, or the first on this machine.
 *
 * @throws {Error} if there is none and `CI` is set, because a skipped test has not passed
 */
export const redisOrSkip = (): string | undefined => executableOrSkip(REDIS);
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
