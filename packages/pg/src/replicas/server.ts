import type { EndpointRow } from '@switchgear/balancer';
import type { Breaker, Instant, Millis, Permit, Ruling } from '@switchgear/core';
import { read } from '@switchgear/core/adapter';
import { type PoolProtection, protectPool } from '../protect-pool.ts';
import type { QueryablePool } from './options.ts';

/** What a server is now, whatever it was made as: `'promoted'` is a replica that has stopped following. */
export type Standing = 'primary' | 'replica' | 'lagging' | 'promoted';

/** One server, as plain data: for dashboards, metrics and logs. */
export interface ServerRow extends EndpointRow {
  readonly standing: Standing;

  /** Milliseconds it was behind when it was last asked; 0 for the primary. */
  readonly lag: Millis;
}

/** The least time between two questions about one server. */
const BETWEEN: Millis = 1_000;

/**
 * Whether it follows, and by how much it is behind. What has all been replayed is not behind while the connection to the
 * primary stands, however long ago the last transaction was.
 */
const QUESTION = `select pg_is_in_recovery() as follows,
  case when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() and exists (select from pg_stat_wal_receiver) then 0
    else coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000, 0) end::float8 as lag`;

/** What an attempt heard of its end. */
export interface Heard {
  ruling: Ruling | undefined;
}

/** One server of the database, behind its pool. */
export class Server<P extends QueryablePool = QueryablePool> {
  readonly id: string;
  readonly pool: P;
  readonly isPrimary: boolean;
  lag: Millis = 0;
  standing: Standing;
  /** Set while `pool.query` runs: the breaker that its checkout is to ask, with the permit that it has already. */
  #routed: Breaker | undefined;
  #askedAt: Instant = -Infinity;
  #isAsking = false;

  constructor(id: string, pool: P, isPrimary: boolean) {
    this.id = id;
    this.pool = pool;
    this.isPrimary = isPrimary;
    this.standing = isPrimary ? 'primary' : 'replica';
  }

  /** Puts its pool behind the breaker of the route, or else behind `others`. */
  protect(
    others: Breaker | undefined,
    options: Omit<Parameters<typeof protectPool>[1], 'breaker' | 'role'>,
  ): PoolProtection {
    const role = this.isPrimary ? 'primary' : 'replica';
    return protectPool(this.pool, { ...options, role, breaker: () => this.#routed ?? others });
  }

  /** Makes a query under a permit that has been taken. The permit is settled as that of a checkout. */
  query(args: readonly unknown[], permit: Pick<Permit, 'settle'>, breaker: Breaker, heard: Heard): Promise<unknown> {
    let isTaken = false;
    const settle = (ruling: Ruling, duration?: Millis) => {
      heard.ruling ??= ruling;
      return permit.settle(ruling, duration);
    };
    this.#routed = {
      acquire: () => {
        isTaken = true;
        return { settle };
      },
      clock: breaker.clock,
      record: breaker.record.bind(breaker),
      report: breaker.report.bind(breaker),
    } as unknown as Breaker;
    try {
      return Promise.resolve((this.pool.query as (...given: readonly unknown[]) => unknown)(...args));
    } finally {
      this.#routed = undefined;
      if (!isTaken) settle({ outcome: 'ignored' });
    }
  }

  /**
   * Asks the server how it stands, at most once a second and beside the calls.
   *
   * @param changed called if it stands differently from before
   */
  look(at: Instant, maxLag: Millis, changed: () => void): void {
    if (this.isPrimary || this.#isAsking || at - this.#askedAt < BETWEEN) return;
    this.#askedAt = at;
    this.#isAsking = true;
    this.#ask(maxLag)
      // A server that cannot answer shows that by the calls themselves.
      .catch(() => this.standing)
      .then((standing) => {
        this.#isAsking = false;
        if (standing === this.standing) return;
        this.standing = standing;
        changed();
      });
  }

  async #ask(maxLag: Millis): Promise<Standing> {
    const answer = await (this.pool.query as (text: string) => unknown)(QUESTION);
    const row = (read(answer, 'rows') as readonly { follows?: unknown; lag?: unknown }[] | undefined)?.[0];
    this.lag = Math.max(0, Number(row?.lag) || 0);
    if (row?.follows === false) return 'promoted';
    return this.lag > maxLag ? 'lagging' : 'replica';
  }
}
