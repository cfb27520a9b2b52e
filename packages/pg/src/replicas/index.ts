export {
  type Balancer,
  type Breaker,
  CircuitOpenError,
  explain,
  findCircuitOpen,
  isCircuitOpen,
} from '@switchgear/balancer';
export type { PoolLike } from '../options.ts';
export type { ProtectReplicasOptions, QueryablePool, Replica } from './options.ts';
export { type ProtectedReplicas, protectReplicas } from './protect-replicas.ts';
export type { ServerRow, Standing } from './server.ts';
