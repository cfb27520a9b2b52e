import type { Pool, PoolClient } from 'pg';
import type { Message } from './message.ts';
import type { Settings } from './options.ts';
import { channelOf } from './table.ts';
import { inTransaction } from './transaction.ts';

/** What a statement returns to make a message of. `retry` leaves the error where it is, so that it tells of earlier attempts. */
const MESSAGE = 'key, payload, attempts as attempt, attempts <= 1 and last_error is null as "isFirst"';

/** Where to write: the pool, or the client of a transaction of yours. */
export type Queryable = Pick<Pool | PoolClient, 'query'>;

/** The queue in its table. Each method is one transaction: nothing is held while a message is tried. */
export class Queue<Payload> {
  readonly #pool: Pool;
  readonly #settings: Settings<Payload>;

  constructor(pool: Pool, settings: Settings<Payload>) {
    this.#pool = pool;
    this.#settings = settings;
  }

  /** Puts a message in, claimed by its first attempt for `lease` milliseconds if that is greater than 0. */
  async add(
    payload: Payload,
    key: string | undefined,
    lease: number,
    client: Queryable,
  ): Promise<Message<Payload> | undefined> {
    const { queue, table, listen } = this.#settings;
    // Commits of those who notify wait for each other, so only those do that somebody listens to.
    const ring = listen && lease === 0 ? ', pg_notify($6, $1)' : '';
    const values = [queue, key, JSON.stringify(payload), lease > 0 ? 1 : 0, lease];
    const { rows } = await client.query(
      `with added as (
         insert into ${table} (queue, key, payload, attempts, not_before)
         values ($1, coalesce($2, gen_random_uuid()::text), $3, $4, now() + $5 * interval '1 millisecond')
         on conflict do nothing returning ${MESSAGE}
       )
       select added.*${ring} from added`,
      ring === '' ? values : [...values, channelOf(table)],
    );
    return rows[0] && messageOf(rows[0]);
  }

  /** Takes up to `limit` messages that are due. Nobody else gets them until they are settled or their lease runs out. */
  async claim(limit: number): Promise<readonly Message<Payload>[]> {
    const { queue, table, lease, attempts } = this.#settings;
    const { rows } = await this.#pool.query(
      `with due as (
         select key from ${table}
         where queue = $1 and delivered_at is null and set_aside_at is null and not_before <= now()
         order by not_before limit $2 for update skip locked
       ), claimed as (
         update ${table} as message set
           -- One whose attempts are used up, and whose last was never settled, ended the process that tried it.
           set_aside_at = case when attempts >= $4 then now() end,
           last_error = case when attempts >= $4 then coalesce(last_error, 'never settled') else last_error end,
           attempts = least(attempts + 1, $4),
           not_before = now() + $3 * interval '1 millisecond'
         from due where message.queue = $1 and message.key = due.key
         returning message.*
       )
       select ${MESSAGE} from claimed where set_aside_at is null`,
      [queue, limit, lease, attempts],
    );
    return rows.map(messageOf<Payload>);
  }

  /** Milliseconds until the next message is due, `poll` at most. */
  async untilDue(): Promise<number> {
    const { queue, table, poll } = this.#settings;
    const { rows } = await this.#pool.query(
      `select (extract(epoch from min(not_before) - now()) * 1000)::float8 as wait from ${table}
       where queue = $1 and delivered_at is null and set_aside_at is null`,
      [queue],
    );
    return Math.min(Math.max(0, rows[0].wait ?? poll), poll);
  }

  /** It was delivered, whoever else has tried it meanwhile. */
  async markDelivered({ key }: Message<Payload>): Promise<void> {
    const { onDelivered } = this.#settings;
    const mark = async (client: Queryable): Promise<Message<Payload> | undefined> => {
      const change = 'delivered_at = now(), set_aside_at = null';
      return (await this.#update(change, key, [], { client }))[0];
    };
    if (!onDelivered) return void (await mark(this.#pool));
    await inTransaction(this.#pool, async (client) => {
      const message = await mark(client);
      if (message) await onDelivered(message, client);
    });
  }

  /** Writes another payload down, if this attempt still holds the message. */
  async amend({ key, attempt }: Message<Payload>, payload: Payload): Promise<Message<Payload> | undefined> {
    const only = 'and attempts = $3 and not_before > now() and set_aside_at is null';
    return (await this.#update('payload = $4', key, [attempt, JSON.stringify(payload)], { only }))[0];
  }

  /** The attempt failed: again later. Of an attempt whose lease ran out, the next one speaks. */
  async postpone({ key, attempt }: Message<Payload>, error: string, wait: number): Promise<void> {
    const change = "last_error = $4, not_before = now() + $5 * interval '1 millisecond'";
    await this.#update(change, key, [attempt, error, wait], { only: 'and attempts = $3' });
  }

  /** No attempt will do: it waits for a person. */
  async setAside({ key, attempt }: Message<Payload>, error: string): Promise<void> {
    await this.#update('last_error = $4, set_aside_at = now()', key, [attempt, error], { only: 'and attempts = $3' });
  }

  /** There was no attempt: the message is due at once. */
  async giveBack({ key, attempt }: Message<Payload>): Promise<void> {
    const change = 'attempts = attempts - 1, not_before = now()';
    await this.#update(change, key, [attempt], { only: 'and attempts = $3' });
  }

  /** Changes a message that is not delivered yet, and resolves to what it is then: one message, or none. */
  async #update(
    change: string,
    key: string,
    values: readonly unknown[],
    { only = '', client = this.#pool }: { only?: string; client?: Queryable } = {},
  ): Promise<readonly Message<Payload>[]> {
    const { queue, table } = this.#settings;
    const { rows } = await client.query(
      `with changed as (
         update ${table} set ${change} where queue = $1 and key = $2 and delivered_at is null ${only} returning *
       )
       select ${MESSAGE} from changed`,
      [queue, key, ...values],
    );
    return rows.map(messageOf<Payload>);
  }
}

function messageOf<Payload>({ key, payload, attempt, isFirst }: Message<Payload>): Message<Payload> {
  return { key, payload, attempt, isFirst };
}
