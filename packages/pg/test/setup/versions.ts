import pg from 'pg';
import pg811 from 'pg-8.11';
import Pool36 from 'pg-pool-3.6';

/** As much of a version of pg as tests need. */
export type Version = Pick<typeof pg, 'Pool' | 'Client' | 'Query'>;

/** As pg itself makes its `Pool`; installed today, it would do so of a later pg-pool. */
class OldestPool extends Pool36<pg.Client> {
  constructor(options?: pg.PoolConfig) {
    super(options, pg811.Client);
  }
}

/** The ends of the range that is supported: pg 8.11.0 with the pg-pool of its day, and the newest of both. */
export const versions: readonly (readonly [name: string, version: Version])[] = [
  ['pg 8.11', { Pool: OldestPool as unknown as typeof pg.Pool, Client: pg811.Client, Query: pg811.Query }],
  ['pg', pg],
];
