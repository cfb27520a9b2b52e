export {
  adaptive,
  type Because,
  type Breaker,
  type BreakerEvent,
  type BreakerOptions,
  CircuitOpenError,
  createBreaker,
  createRegistry,
  type Ending,
  explain,
  findCircuitOpen,
  isCircuitOpen,
  type Metrics,
  type Mode,
  type Outcome,
  type Registry,
  type RegistryOptions,
  type Ruling,
  type State,
} from '@switchgear/core';
export type { PoolLike, ProtectPoolOptions } from './options.ts';
export { classifyPgError, type PgErrorContext, type Role } from './outcome.ts';
export { type PoolProtection, protectPool } from './protect-pool.ts';
