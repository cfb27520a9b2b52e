import type { Settings } from '../contract/settings.ts';
import type { Queryable } from '../database/database.ts';

/** How many messages there are, by what has become of them. */
export interface Counts {
  /** Still to be delivered, those being tried included. */
  readonly waiting: number;
  readonly delivered: number;

  /** Poison, or tried too often. */
  readonly setAside: number;
}

type Place = Pick<Settings<never>, 'queue' | 'names' | 'listen'>;

/** Counts the messages of a queue. */
export async function countMessages(pool: Queryable, { queue, names }: Place): Promise<Counts> {
  const { rows } = await pool.query(
    `select count(*) filter (where delivered_at is not null)::int as delivered,
       count(*) filter (where set_aside_at is not null)::int as "setAside",
       count(*) filter (where delivered_at is null and set_aside_at is null)::int as waiting
     from ${names.table} where queue = $1`,
    [queue],
  );
  return rows[0];
}

/** Puts a message that was set aside back, with all its attempts before it, and tells those who listen. */
export async function retryMessage(pool: Queryable, { queue, names, listen }: Place, key: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with changed as (
       update ${names.table} set set_aside_at = null, attempts = 0, not_before = now()
       where queue = $1 and key = $2 and set_aside_at is not null returning key
     )
     select key${listen ? ', pg_notify($3, $1)' : ''} from changed`,
    listen ? [queue, key, names.channel] : [queue, key],
  );
  return rowCount === 1;
}

/** Deletes what was delivered before so many milliseconds. */
export async function forgetMessages(pool: Queryable, { queue, names }: Place, olderThan: number): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from ${names.table} where queue = $1 and delivered_at < now() - $2 * interval '1 millisecond'`,
    [queue, olderThan],
  );
  return rowCount ?? 0;
}
