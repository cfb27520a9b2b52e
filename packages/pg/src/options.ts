import type { Breaker, Classify } from '@switchgear/core';
import { read } from '@switchgear/core/adapter';
import type { Role } from './outcome.ts';

/**
 * As much of a pool as is needed: pg's own, Neon's, pg-promise's `$pool`, TypeORM's, and what is shaped like them. Not pg's
 * native one: libpq gives no code for what happens while connecting.
 */
export interface PoolLike {
  connect(...args: never[]): unknown;
  query?(...args: never[]): unknown;
}

/** Options of {@link protectPool}. */
export interface ProtectPoolOptions {
  /**
   * The breaker in front of the database behind this pool, or a function asked at each checkout: `undefined` lets that
   * one through unprotected. An error it throws is the caller's error.
   */
  readonly breaker: Breaker | (() => Breaker | undefined);

  /**
   * Judges the endings that {@link classifyPgError} judges otherwise than you would; `undefined` leaves one to it.
   *
   * @default classifyPgError
   * @example
   * ```ts
   * // Here deadlocks mean that the database is overloaded.
   * classify: (ending) => ('error' in ending && ending.error.code === '40P01' ? 'failure' : undefined)
   * ```
   */
  readonly classify?: Classify | undefined;

  /**
   * What the server is for. A `'primary'` that says it is read-only has been replaced: a failure, and the connection is
   * not used again.
   *
   * @default 'replica'
   */
  readonly role?: Role | undefined;

  /**
   * Whether to take the place of a protection that the pool has already, from whatever copy of this module. For code that
   * runs again on the same pool: a pool kept on `globalThis` while a development server reloads modules.
   *
   * @default false: a pool that is protected already is an error
   */
  readonly replace?: boolean | undefined;
}

/** Refuses what plain JavaScript callers may have got wrong, before anything has been changed. */
export function checked(pool: PoolLike, options: ProtectPoolOptions): ProtectPoolOptions {
  const { breaker, classify, role, replace, ...others } = Object(options) as ProtectPoolOptions;
  const [unknown] = Object.keys(others);
  if (typeof Object(pool).connect !== 'function') throw new TypeError('protectPool takes a pool: something to connect');
  if (isNative(pool)) throw new TypeError(NATIVE);
  if (unknown !== undefined) {
    throw new TypeError(`protectPool has no option '${unknown}'; it takes breaker, classify, role, replace`);
  }
  if (typeof breaker !== 'function' && typeof Object(breaker).acquire !== 'function') {
    throw new TypeError('breaker must be a breaker or a function that returns one');
  }
  if (classify !== undefined && typeof classify !== 'function') throw new TypeError('classify must be a function');
  if (role !== undefined && role !== 'primary' && role !== 'replica') {
    throw new TypeError(`role must be 'primary' or 'replica', not ${String(role)}`);
  }
  if (replace !== undefined && typeof replace !== 'boolean') throw new TypeError('replace must be true or false');
  return options;
}

const NATIVE =
  "protectPool does not take a pool of pg's native client: libpq gives no code for what happens while connecting, so that a" +
  ' wrong password looks like a server that is down. Use the JavaScript client (pg.Pool, without NODE_PG_FORCE_NATIVE)';

/** The queries of pg's native client are not told when the connection is ready for another; all others are. */
function isNative(pool: unknown): boolean {
  const query = read(read(read(pool, 'Client'), 'Query'), 'prototype');
  return typeof read(query, 'submit') === 'function' && typeof read(query, 'handleReadyForQuery') !== 'function';
}
