export {
  etcdOrSkip,
  findRedis,
  natsOrSkip,
  redisOrSkip,
  sentinelOrSkip,
  startEtcd,
  startNats,
  startRedis,
  startSentinel,
} from './programs.ts';
export type { StoreServer } from './store-server.ts';
