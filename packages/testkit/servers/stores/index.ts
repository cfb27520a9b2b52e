export { etcdOrSkip, natsOrSkip, redisOrSkip, startEtcd, startNats, startRedis } from './programs.ts';
export type { StoreServer } from './store-server.ts';
