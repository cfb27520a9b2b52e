import type { Pool } from 'pg';
import type { Message } from '../contract/options.ts';
import type { Settings } from '../contract/settings.ts';
import { Database, type Statement } from '../database/database.ts';
import type { Queryable } from '../database/held-client.ts';
import { type Claimed, changeOf, MESSAGE, messageOf } from './rows.ts';

/** The minimum time limit of a statement in milliseconds, however short the leases are. */
const SHORTEST_LIMIT = 10_000;

/**
 * The queue in its table. Each method is one transaction: no transaction is open while a message is tried. Leases and waits
 * are counted from `clock_timestamp()`, because `now()` is the time at which the transaction began.
 */
export class Queue<Payload> {
  readonly #database: Database;
  readonly #settings: Settings<Payload>;

  constructor(pool: Pool, settings: Settings<Payload>) {
    this.#database = new Database(pool, Math.max(settings.lease, SHORTEST_LIMIT));
    this.#settings = settings;
  }

  /** Adds a message; if `lease` is greater than 0, it is claimed for its first attempt for that many milliseconds. */
  async add(
    payload: Payload,
    key: string | undefined,
    lease: number,
    client: Queryable,
  ): Promise<Message<Payload> | undefined> {
    const { queue, names, listen } = this.#settings;
    // Transactions that notify commit one after another, so notify only if there may be a listener.
    const notification = listen && lease === 0 ? ', pg_notify($6, $1)' : '';
    const values = [queue, key, JSON.stringify(payload), lease > 0 ? 1 : 0, lease];
    const { rows } = await client.query(
      `with added as (
         insert into ${names.table} (queue, key, payload, attempts, not_before)
         values ($1, coalesce($2, gen_random_uuid()::text), $3, $4, clock_timestamp() + $5 * interval '1 millisecond')
         on conflict do nothing returning ${MESSAGE}
       )
       select added.*${notification} from added`,
      notification === '' ? values : [...values, names.channel],
    );
    return rows[0] && messageOf(rows[0]);
  }

  /** Claims up to `limit` due messages. No other process gets them until they are settled or their lease expires. */
  async claim(limit: number): Promise<Claimed<Payload>> {
    const { queue, names, lease, attempts } = this.#settings;
    const { rows } = await this.#database.ask({
      text: `with due as (
         select key from ${names.table}
         where queue = $1 and delivered_at is null and set_aside_at is null and not_before <= now()
         order by not_before limit $2 for update skip locked
       ), claimed as (
         update ${names.table} as message set
           -- Its attempts are used up and the last was never settled: it crashed the process that tried it.
           set_aside_at = case when attempts >= $4 then now() end,
           last_error = case when attempts >= $4 then coalesce(last_error, 'never settled') else last_error end,
           attempts = least(attempts + 1, $4),
           not_before = clock_timestamp() + $3 * interval '1 millisecond'
         from due where message.queue = $1 and message.key = due.key
         returning message.*
       )
       select ${MESSAGE}, set_aside_at is null as "isToTry" from claimed`,
      values: [queue, limit, lease, attempts],
    });
    return { messages: rows.filter(({ isToTry }) => isToTry).map(messageOf<Payload>), found: rows.length };
  }

  /** Milliseconds until the next message is due, at most `poll`. 0 if one is due, even if another transaction holds it. */
  async untilDue(): Promise<number> {
    const { queue, names, poll } = this.#settings;
    const { rows } = await this.#database.ask({
      text: `select (extract(epoch from min(not_before) - clock_timestamp()) * 1000)::float8 as wait from ${names.table}
       where queue = $1 and delivered_at is null and set_aside_at is null`,
      values: [queue],
    });
    return Math.min(Math.max(0, rows[0].wait ?? poll), poll);
  }

  /** Marks the message delivered, even if another attempt holds it now. */
  async markDelivered({ key }: Message<Payload>): Promise<void> {
    const { onDelivered } = this.#settings;
    const mark = this.#change('delivered_at = now(), set_aside_at = null', key, []);
    if (!onDelivered) return void (await this.#database.write(mark));
    await this.#database.writeWith(mark, (row, client) => onDelivered(messageOf(row as Message<Payload>), client));
  }

  /** Replaces the payload if this attempt still holds the message. */
  async amend({ key, attempt }: Message<Payload>, payload: Payload): Promise<Message<Payload> | undefined> {
    const only = 'and attempts = $3 and not_before > clock_timestamp() and set_aside_at is null';
    const amendment = this.#change('payload = $4', key, [attempt, JSON.stringify(payload)], only);
    const { rows } = await this.#database.write(amendment);
    return rows[0] && messageOf(rows[0]);
  }

  /** Renews the lease if this attempt still holds the message. Resolves with whether it does. */
  async renew({ key, attempt }: Message<Payload>): Promise<boolean> {
    const change = "not_before = clock_timestamp() + $4 * interval '1 millisecond'";
    const only = 'and attempts = $3 and set_aside_at is null';
    const { rows } = await this.#database.write(this.#change(change, key, [attempt, this.#settings.lease], only));
    return rows.length === 1;
  }

  /**
   * The attempt failed: makes the message due again later. If its lease has expired, the next attempt decides instead.
   *
   * @param isUnfinished whether its work may still continue: then the message is not due before the lease expires
   */
  async postpone(
    { key, attempt }: Message<Payload>,
    error: string,
    wait: number,
    isUnfinished: boolean,
  ): Promise<void> {
    const later = "clock_timestamp() + $5 * interval '1 millisecond'";
    const change = `last_error = $4, not_before = ${isUnfinished ? `greatest(not_before, ${later})` : later}`;
    await this.#database.write(this.#change(change, key, [attempt, error, wait], 'and attempts = $3'));
  }

  /** No attempt will succeed: the message waits for an operator. */
  async setAside({ key, attempt }: Message<Payload>, error: string): Promise<void> {
    const change = 'last_error = $4, set_aside_at = now()';
    await this.#database.write(this.#change(change, key, [attempt, error], 'and attempts = $3'));
  }

  /** There was no attempt: the message is due again at once. */
  async giveBack({ key, attempt }: Message<Payload>): Promise<void> {
    const change = 'attempts = attempts - 1, not_before = now()';
    // Not retried after a lost connection: a second decrement could remove the count of another process's attempt.
    await this.#database.ask(this.#change(change, key, [attempt], 'and attempts = $3'));
  }

  /** Ends all current statements. */
  abandon(): void {
    this.#database.abandon();
  }

  #change(change: string, key: string, values: readonly unknown[], only: string = ''): Statement {
    return changeOf(this.#settings, change, key, values, only);
  }
}
