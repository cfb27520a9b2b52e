import type { BalancerOptions } from '@switchgear/balancer';
import type { Breaker, Classify, Millis } from '@switchgear/core';
import { invalid, read, requireFunction, requireNumber, requireOneOf, requireOptions } from '@switchgear/core/adapter';
import type { PoolLike } from '../options.ts';

/** A pool whose `query` borrows a client by itself. */
export interface QueryablePool extends PoolLike {
  query(...args: never[]): unknown;
}

/** A replica about which more is to be said than its pool. */
export interface Replica<P extends QueryablePool = QueryablePool> {
  readonly pool: P;

  /**
   * Its name, in events, metrics and rows.
   *
   * @default 'replica-1' and so on, by its place in the list
   */
  readonly id?: string;

  /**
   * Its share of the reads in proportion to those of others; greater than 0.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * Where it stands. Replicas in the zone of `balancer.zone` are read first.
   *
   * @default undefined
   */
  readonly zone?: string;
}

/** Options of {@link protectReplicas}. */
export interface ProtectReplicasOptions<P extends QueryablePool = QueryablePool> {
  /** The name of the database: that of its breaker, and the first part of the names of its servers' breakers. */
  readonly name: string;

  /** The pool of the only server that is written to. */
  readonly primary: P;

  /** The pools of servers that follow the primary, at least one. */
  readonly replicas: readonly (P | Replica<P>)[];

  /**
   * The breaker in front of the primary for everything but reads through `read`: writes, transactions, checkouts.
   *
   * @default createBreaker({ name: `${name}/writes` })
   */
  readonly breaker?: Breaker;

  /**
   * How far a replica may be behind; milliseconds, greater than 0. One that is further behind is read only while the others and
   * the primary cannot carry all reads.
   *
   * @default Infinity
   */
  readonly maxLag?: Millis;

  /**
   * Classifies how a query or checkout ended, at all servers. Return `undefined` to keep the ruling of `classifyPgError`.
   *
   * @default classifyPgError
   */
  readonly classify?: Classify | undefined;

  /**
   * Further options of the balancer that spreads the reads: `maxEjected`, `slowStart`, `zone`, options of its breakers.
   *
   * @default { maxEjected: 1 }, because the primary is there when all replicas are gone
   */
  readonly balancer?: Omit<BalancerOptions, 'name' | 'endpoints'>;

  /**
   * Whether to replace the protection that a pool has already, as in `protectPool`.
   *
   * @default false: protecting a protected pool is an error
   */
  readonly replace?: boolean | undefined;
}

const NAMES = ['name', 'primary', 'replicas', 'breaker', 'maxLag', 'classify', 'balancer', 'replace'] as const;

/** Checks the options of `protectReplicas`, before anything is changed. */
export function checked<P extends QueryablePool>(options: ProtectReplicasOptions<P>): ProtectReplicasOptions<P> {
  const given = requireOptions('protectReplicas', options, NAMES);
  const { name, primary, replicas, breaker, maxLag = Infinity, classify, balancer, replace } = given;
  if (typeof name !== 'string' || name === '') invalid('protectReplicas name', 'a string that is not empty', name);
  requirePool('primary', primary);
  if (!Array.isArray(replicas) || replicas.length === 0) {
    invalid('replicas', 'a list of at least one pool', replicas, '[new Pool({ host: "replica-1" })]');
  }
  for (const [i, replica] of replicas.entries()) requirePool(`replicas[${i}]`, poolOf(replica));
  if (new Set([primary, ...replicas.map(poolOf)]).size <= replicas.length) {
    invalid('replicas', 'pools of their own, each once', replicas);
  }
  if (breaker !== undefined) requireFunction('breaker', read(breaker, 'acquire'), 'a breaker', breaker);
  if (maxLag !== Infinity) requireNumber('maxLag', maxLag, Number.MIN_VALUE);
  if (classify !== undefined) requireFunction('classify', classify);
  if (replace !== undefined) requireOneOf('replace', replace, [true, false]);
  for (const own of ['name', 'endpoints']) {
    if (Object.hasOwn(Object(balancer), own))
      invalid(`balancer.${own}`, 'left out: it comes from the other options', balancer);
  }
  return given;
}

/** The pool of a replica in either form. */
export function poolOf<P extends QueryablePool>(replica: P | Replica<P>): P {
  return typeof read(replica, 'connect') === 'function' ? (replica as P) : (replica as Replica<P>)?.pool;
}

function requirePool(what: string, pool: unknown): void {
  for (const method of ['connect', 'query']) {
    requireFunction(`${what}.${method}`, read(pool, method), 'a method of a pool', read(pool, method));
  }
}
