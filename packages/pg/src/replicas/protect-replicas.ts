import { type Balancer, createBalancer } from '@switchgear/balancer';
import { type Breaker, createBreaker } from '@switchgear/core';
import type { Method } from '@switchgear/core/adapter';
import { isSubmittable } from '../observe-query.ts';
import type { PoolProtection } from '../protect-pool.ts';
import { checked, type ProtectReplicasOptions, poolOf, type QueryablePool, type Replica } from './options.ts';
import { readPool } from './read-pool.ts';
import { Reader } from './reader.ts';
import { Server, type ServerRow } from './server.ts';

/** Replicas are read first, then the primary, then what is behind too far. */
const TIER = { replica: 0, primary: 1, lagging: 2 } as const;

/** What {@link protectReplicas} returns. */
export interface ProtectedReplicas<P extends QueryablePool = QueryablePool> {
  /**
   * A pool like the primary's whose `query` is made at a replica, and once more elsewhere if the server fails. For reads only.
   * Its `connect` gives clients of the primary; `end` does nothing.
   */
  readonly read: P;

  /** The primary's own pool, with a breaker in front. */
  readonly write: P;

  /** The breaker in front of all but the reads of `read`. */
  readonly breaker: Breaker;

  /** What spreads the reads: its breakers, events and metrics. */
  readonly balancer: Balancer;

  /** How each server stands, the primary first. */
  rows(): readonly ServerRow[];

  /** Removes the protection from all pools. `read` goes on to the primary. Further calls do nothing. */
  eject(): void;
}

/**
 * Spreads reads over the replicas of a database and keeps writes at its primary. Each server has a breaker: one that is
 * down, hangs or does worse than the others is read no more until it is well again; reads that it failed are made once more
 * elsewhere. Nothing is parsed: what is called on `write`, and every client that is checked out, is at the primary.
 *
 * @throws {TypeError | RangeError} for an unknown or invalid option, and for a pool that is protected already, unless
 *   `replace` is true
 * @example
 * ```ts
 * const { read, write } = protectReplicas({ name: 'orders', primary, replicas: [first, second], maxLag: 5_000 });
 * await write.query('insert into orders (item) values ($1)', ['shoes']);
 * await read.query('select count(*) from orders');
 * ```
 */
export function protectReplicas<P extends QueryablePool>(options: ProtectReplicasOptions<P>): ProtectedReplicas<P> {
  const { name, primary, replicas, maxLag = Infinity, classify, replace } = checked(options);
  const breaker = options.breaker ?? createBreaker({ name: `${name}/writes` });
  const write = new Server(PRIMARY, primary, true);
  const followers = replicas.map((each, i) => new Server(idOf(each, i), poolOf(each), false));
  const servers = new Map([write, ...followers].map((each) => [each.id, each]));
  const balancer = createBalancer({ maxEjected: 1, ...options.balancer, name, endpoints: endpoints() });
  const reader = new Reader(balancer, servers, options.balancer?.random);
  const protections: PoolProtection[] = [];
  let live = true;

  function endpoints() {
    const ofReplica = followers.flatMap(({ id, standing }, i) => {
      const { weight, zone } = replicas[i] as Replica;
      const tier = standing === 'lagging' ? TIER.lagging : TIER.replica;
      return standing === 'promoted' ? [] : [{ id, tier, ...given({ weight, zone }) }];
    });
    return [...ofReplica, { id: PRIMARY, tier: TIER.primary }];
  }

  /** Asks the replicas how they stand, beside the calls. */
  function look(): void {
    const at = balancer.service.clock.now();
    for (const server of followers) server.look(at, maxLag, () => live && balancer.update(endpoints()));
  }

  function query(this: unknown, ...args: unknown[]): unknown {
    // A cursor or stream keeps its client, so it is for the primary, as every client that is checked out.
    if (!live || isSubmittable(args[0])) return (primary.query as Method)(...args);
    const last = args.at(-1);
    look();
    if (typeof last !== 'function') return reader.read(args);
    const answered = (...answer: unknown[]) => process.nextTick(last as Method, ...answer);
    reader.read(args.slice(0, -1)).then((result) => answered(undefined, result), answered);
    return undefined;
  }

  try {
    for (const server of servers.values()) {
      protections.push(server.protect(server.isPrimary ? breaker : undefined, { classify, replace }));
    }
  } catch (error) {
    // One of the pools is protected already: none of the others is to be left so.
    for (const protection of protections) protection.eject();
    throw error;
  }

  return {
    read: readPool(primary, query),
    write: primary,
    breaker,
    balancer,
    rows() {
      const rows = new Map(balancer.rows().map((row) => [row.id, row]));
      return [...servers.values()].map(({ id, standing, lag }) => ({
        ...(rows.get(id) ?? outside(id)),
        standing,
        lag,
      }));
    },
    eject() {
      if (!live) return;
      live = false;
      for (const protection of protections) protection.eject();
    },
  };
}

const PRIMARY = 'primary';

function idOf(replica: QueryablePool | Replica, index: number): string {
  return (replica as Replica).id ?? `replica-${index + 1}`;
}

/** The options that are given: a default is left to who knows it. */
function given<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

/** The row of a server that is not read. */
function outside(id: string): Omit<ServerRow, 'standing' | 'lag'> {
  const why = 'it follows no longer, so it is not read';
  return { id, tier: TIER.lagging, zone: undefined, weight: 0, state: 'closed', load: 0, latency: 0, success: 1, why };
}
