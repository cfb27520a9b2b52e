import type { Breaker, Classify } from '@switchgear/core';
import { read, requireOptions } from '@switchgear/core/adapter';
import type { Role } from './outcome.ts';

/**
 * The parts of a pool that are used: of pg's own, Neon's, pg-promise's `$pool`, TypeORM's and similar ones. Pools of pg's
 * native client are refused, because libpq gives no code for what happens while connecting.
 */
export interface PoolLike {
  connect(...args: never[]): unknown;
  query?(...args: never[]): unknown;
}

/** Options of {@link protectPool}. */
export interface ProtectPoolOptions {
  /**
   * The breaker in front of the database behind this pool, or a function called at each checkout: `undefined` lets that
   * checkout through unprotected. If it throws, the checkout rejects with that error.
   */
  readonly breaker: Breaker | (() => Breaker | undefined);

  /**
   * Classifies how a query or checkout ended. Return `undefined` to keep the ruling of {@link classifyPgError}.
   *
   * @default classifyPgError
   * @example
   * ```ts
   * // In this application deadlocks mean that the database is overloaded.
   * classify: (ending) => ('error' in ending && ending.error.code === '40P01' ? 'failure' : undefined)
   * ```
   */
  readonly classify?: Classify | undefined;

  /**
   * What the server is for. A `'primary'` that reports to be read-only has been replaced: that is a failure, and the
   * connection is not used again.
   *
   * @default 'replica'
   */
  readonly role?: Role | undefined;

  /**
   * Whether to replace a protection that the pool has already, from any copy of this module. For code that runs again on the
   * same pool, such as a pool kept on `globalThis` while a development server reloads modules.
   *
   * @default false: protecting a protected pool is an error
   */
  readonly replace?: boolean | undefined;
}

/** Checks the arguments of `protectPool`, before anything is changed. */
export function checked(pool: PoolLike, options: ProtectPoolOptions): ProtectPoolOptions {
  if (typeof read(pool, 'connect') !== 'function') invalid('protectPool needs a pool with a connect method');
  if (isNative(pool)) invalid(NATIVE);
  const names = ['breaker', 'classify', 'role', 'replace'];
  const given = requireOptions<ProtectPoolOptions>('protectPool', Object(options), names);
  const { breaker, classify, role, replace } = given;
  if (typeof breaker !== 'function' && typeof read(breaker, 'acquire') !== 'function') {
    invalid('breaker must be a breaker or a function that returns one');
  }
  if (classify !== undefined && typeof classify !== 'function') invalid('classify must be a function');
  if (role !== undefined && role !== 'primary' && role !== 'replica') {
    invalid(`role must be 'primary' or 'replica', not ${String(role)}`);
  }
  if (replace !== undefined && typeof replace !== 'boolean') invalid('replace must be true or false');
  return given;
}

/** The kit's checks throw a RangeError for numbers; here every mistake is a TypeError. */
function invalid(mistake: string): never {
  throw new TypeError(`Switchgear: ${mistake}`);
}

const NATIVE =
  "protectPool does not take a pool of pg's native client, because libpq gives no code for what happens while" +
  ' connecting and a wrong password looks like a server that is down. Use the JavaScript client (pg.Pool, without' +
  ' NODE_PG_FORCE_NATIVE)';

/** Whether its queries are those of pg's native client, the only ones that are not told when the connection is ready again. */
function isNative(pool: unknown): boolean {
  const query = read(read(read(pool, 'Client'), 'Query'), 'prototype');
  return typeof read(query, 'submit') === 'function' && typeof read(query, 'handleReadyForQuery') !== 'function';
}
