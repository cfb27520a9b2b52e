import type { Message } from '../contract/options.ts';
import type { Settings } from '../contract/settings.ts';
import type { Statement } from '../database/database.ts';
import type { Queryable } from '../database/held-client.ts';

/** The columns of a message. `retry` keeps the last error, so that `isFirst` knows of earlier attempts. */
export const MESSAGE = 'key, payload, attempts as attempt, attempts <= 1 and last_error is null as "isFirst"';

/** The message in a row, without the row's other columns. */
export function messageOf<Payload>({ key, payload, attempt, isFirst }: Message<Payload>): Message<Payload> {
  return { key, payload, attempt, isFirst };
}

/** The result of a poll. */
export interface Claimed<Payload> {
  /** The messages to try now. */
  readonly messages: readonly Message<Payload>[];

  /** How many were due, including those set aside because their attempts are used up. */
  readonly found: number;
}

/** Changes a message that is not delivered yet, and returns the changed message, if there is one. */
export function changeOf(
  { queue, names }: Pick<Settings<never>, 'queue' | 'names'>,
  change: string,
  key: string,
  values: readonly unknown[],
  only: string,
): Statement {
  const text = `with changed as (
       update ${names.table} set ${change} where queue = $1 and key = $2 and delivered_at is null ${only} returning *
     )
     select ${MESSAGE} from changed`;
  return { text, values: [queue, key, ...values] };
}

/** How many messages a queue has, by their state. */
export interface Counts {
  /** Not yet delivered, including those being tried. */
  readonly waiting: number;
  readonly delivered: number;

  /** Poison, or failed too often. */
  readonly setAside: number;
}

type QueueNames = Pick<Settings<never>, 'queue' | 'names' | 'listen'>;

/** Counts the messages of a queue. */
export async function countMessages(pool: Queryable, { queue, names }: QueueNames): Promise<Counts> {
  const { rows } = await pool.query(
    `select count(*) filter (where delivered_at is not null)::int as delivered,
       count(*) filter (where set_aside_at is not null)::int as "setAside",
       count(*) filter (where delivered_at is null and set_aside_at is null)::int as waiting
     from ${names.table} where queue = $1`,
    [queue],
  );
  return rows[0];
}

/** Makes a message that was set aside due again, with all its attempts, and notifies listeners. Resolves with whether it existed. */
export async function retryMessage(
  pool: Queryable,
  { queue, names, listen }: QueueNames,
  key: string,
): Promise<boolean> {
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

/** Deletes messages delivered more than `olderThan` milliseconds ago, and resolves with their number. */
export async function forgetMessages(
  pool: Queryable,
  { queue, names }: QueueNames,
  olderThan: number,
): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from ${names.table} where queue = $1 and delivered_at < now() - $2 * interval '1 millisecond'`,
    [queue, olderThan],
  );
  return rowCount ?? 0;
}
