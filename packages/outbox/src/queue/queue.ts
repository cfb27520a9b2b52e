import type { Pool } from 'pg';
import type { Message } from '../contract/message.ts';
import type { Settings } from '../contract/settings.ts';
import { Database, type Queryable, type Statement } from '../database/database.ts';
import { changeOf, MESSAGE, messageOf } from './message-row.ts';

/** The least that the database is given to answer, in milliseconds, however short the leases are. */
const LEAST_PATIENCE = 10_000;

/** What a look into the queue found. */
export interface Claimed<Payload> {
  /** To be tried now. */
  readonly messages: readonly Message<Payload>[];

  /** How many were due, those among them that were set aside because their attempts are used up. */
  readonly found: number;
}

/**
 * The queue in its table. Each method is one transaction: nothing is held while a message is tried. Leases and waits are
 * counted from `clock_timestamp()`, the time as it is, because `now()` stands still while a transaction lasts.
 */
export class Queue<Payload> {
  readonly #database: Database;
  readonly #settings: Settings<Payload>;

  constructor(pool: Pool, settings: Settings<Payload>) {
    this.#database = new Database(pool, Math.max(settings.lease, LEAST_PATIENCE));
    this.#settings = settings;
  }

  /** Puts a message in, claimed by its first attempt for `lease` milliseconds if that is greater than 0. */
  async add(
    payload: Payload,
    key: string | undefined,
    lease: number,
    client: Queryable,
  ): Promise<Message<Payload> | undefined> {
    const { queue, names, listen } = this.#settings;
    // Commits of those who notify wait for each other, so only those do that are listened to.
    const ring = listen && lease === 0 ? ', pg_notify($6, $1)' : '';
    const values = [queue, key, JSON.stringify(payload), lease > 0 ? 1 : 0, lease];
    const { rows } = await client.query(
      `with added as (
         insert into ${names.table} (queue, key, payload, attempts, not_before)
         values ($1, coalesce($2, gen_random_uuid()::text), $3, $4, clock_timestamp() + $5 * interval '1 millisecond')
         on conflict do nothing returning ${MESSAGE}
       )
       select added.*${ring} from added`,
      ring === '' ? values : [...values, names.channel],
    );
    return rows[0] && messageOf(rows[0]);
  }

  /** Takes up to `limit` messages that are due. No other gets them until they are settled or their lease runs out. */
  async claim(limit: number): Promise<Claimed<Payload>> {
    const { queue, names, lease, attempts } = this.#settings;
    const { rows } = await this.#database.ask({
      text: `with due as (
         select key from ${names.table}
         where queue = $1 and delivered_at is null and set_aside_at is null and not_before <= now()
         order by not_before limit $2 for update skip locked
       ), claimed as (
         update ${names.table} as message set
           -- One whose attempts are used up, and whose last was never settled, ended the process that tried it.
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

  /** Milliseconds until the next message is due, `poll` at most. 0 while one is, also if another transaction holds it. */
  async untilDue(): Promise<number> {
    const { queue, names, poll } = this.#settings;
    const { rows } = await this.#database.ask({
      text: `select (extract(epoch from min(not_before) - clock_timestamp()) * 1000)::float8 as wait from ${names.table}
       where queue = $1 and delivered_at is null and set_aside_at is null`,
      values: [queue],
    });
    return Math.min(Math.max(0, rows[0].wait ?? poll), poll);
  }

  /** It was delivered, whatever other attempts there have been. */
  async markDelivered({ key }: Message<Payload>): Promise<void> {
    const { onDelivered } = this.#settings;
    const mark = this.#change('delivered_at = now(), set_aside_at = null', key, []);
    if (!onDelivered) return void (await this.#database.write(mark));
    await this.#database.writeWith(mark, (row, client) => onDelivered(messageOf(row as Message<Payload>), client));
  }

  /** Writes another payload down, if this attempt still holds the message. */
  async amend({ key, attempt }: Message<Payload>, payload: Payload): Promise<Message<Payload> | undefined> {
    const only = 'and attempts = $3 and not_before > clock_timestamp() and set_aside_at is null';
    const amendment = this.#change('payload = $4', key, [attempt, JSON.stringify(payload)], only);
    const { rows } = await this.#database.write(amendment);
    return rows[0] && messageOf(rows[0]);
  }

  /** Holds the message for another lease, if this attempt still holds it. Says whether it does. */
  async renew({ key, attempt }: Message<Payload>): Promise<boolean> {
    const change = "not_before = clock_timestamp() + $4 * interval '1 millisecond'";
    const only = 'and attempts = $3 and set_aside_at is null';
    const { rows } = await this.#database.write(this.#change(change, key, [attempt, this.#settings.lease], only));
    return rows.length === 1;
  }

  /**
   * The attempt failed: again later. Of an attempt whose lease ran out, the next one tells.
   *
   * @param isGoingOn whether it was given up and may still do its work: then not before its lease runs out
   */
  async postpone({ key, attempt }: Message<Payload>, error: string, wait: number, isGoingOn: boolean): Promise<void> {
    const later = "clock_timestamp() + $5 * interval '1 millisecond'";
    const change = `last_error = $4, not_before = ${isGoingOn ? `greatest(not_before, ${later})` : later}`;
    await this.#database.write(this.#change(change, key, [attempt, error, wait], 'and attempts = $3'));
  }

  /** No attempt will do: it waits for a person. */
  async setAside({ key, attempt }: Message<Payload>, error: string): Promise<void> {
    const change = 'last_error = $4, set_aside_at = now()';
    await this.#database.write(this.#change(change, key, [attempt, error], 'and attempts = $3'));
  }

  /** There was no attempt: the message is due at once. */
  async giveBack({ key, attempt }: Message<Payload>): Promise<void> {
    const change = 'attempts = attempts - 1, not_before = now()';
    // Sent twice it could take away the attempt of another process, which would then not be known to have come before.
    await this.#database.ask(this.#change(change, key, [attempt], 'and attempts = $3'));
  }

  /** Ends what is asked of the database at this moment. */
  abandon(): void {
    this.#database.abandon();
  }

  #change(change: string, key: string, values: readonly unknown[], only: string = ''): Statement {
    return changeOf(this.#settings, change, key, values, only);
  }
}
