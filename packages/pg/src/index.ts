export * from '@switchgear/core';
export type { PoolLike, ProtectPoolOptions } from './options.ts';
export { classifyPgError, type PgErrorContext, type Role } from './outcome.ts';
export { type PoolProtection, protectPool } from './protect-pool.ts';
