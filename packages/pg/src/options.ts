import type { Breaker, Classify } from '@switchgear/core';
import type { Role } from './outcome.ts';

/** As much of a pool as is needed: pg's own, its native one, Neon's, pg-promise's `$pool`, and what is shaped like them. */
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
}

/** Refuses what plain JavaScript callers may have got wrong, before anything has been changed. */
export function checked(pool: PoolLike, options: ProtectPoolOptions): ProtectPoolOptions {
  const { breaker, classify, role, ...others } = Object(options) as ProtectPoolOptions;
  const [unknown] = Object.keys(others);
  if (typeof Object(pool).connect !== 'function') throw new TypeError('protectPool takes a pool: something to connect');
  if (unknown !== undefined) {
    throw new TypeError(`protectPool has no option '${unknown}'; it takes breaker, classify, role`);
  }
  if (typeof breaker !== 'function' && typeof Object(breaker).acquire !== 'function') {
    throw new TypeError('breaker must be a breaker or a function that returns one');
  }
  if (classify !== undefined && typeof classify !== 'function') throw new TypeError('classify must be a function');
  if (role !== undefined && role !== 'primary' && role !== 'replica') {
    throw new TypeError(`role must be 'primary' or 'replica', not ${String(role)}`);
  }
  return options;
}
