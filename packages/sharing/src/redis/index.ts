export { redisBus } from './redis-bus.ts';
export type { IoRedis, IoRedisListener, NodeRedis, NodeRedisListener, RestRedis } from './redis-client.ts';
export { redisMailbox } from './redis-mailbox.ts';
export { redisRegister } from './redis-register.ts';
