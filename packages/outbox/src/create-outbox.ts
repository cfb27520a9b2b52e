import type { Pool } from 'pg';
import type { Message } from './contract/message.ts';
import type { OutboxOptions } from './contract/options.ts';
import { settingsOf } from './contract/settings.ts';
import type { Queryable } from './database/database.ts';
import { lostRace, untilItPasses } from './database/passing.ts';
import { makeTable } from './database/table.ts';
import { type Attempt, attempt } from './delivery/attempt.ts';
import { Claims } from './delivery/claims.ts';
import type { Drain } from './drain/drain.ts';
import { drainUntil, requireSignal } from './drain/drain-until.ts';
import { Queue } from './queue/queue.ts';
import { type Counts, countMessages, forgetMessages, retryMessage } from './queue/upkeep.ts';

/** How a message is put in. */
export interface AddOptions {
  /**
   * The idempotency key. A second message under it is not added.
   *
   * @default a random one
   */
  readonly key?: string;

  /**
   * The client of a transaction of yours, so that the message exists if and only if the rest of it does.
   *
   * @default the pool
   */
  readonly client?: Queryable;

  /**
   * Claims the message for its caller, who then passes it to `attempt`; nobody else tries it until the lease runs out.
   *
   * @default false
   */
  readonly claim?: boolean;
}

/** A durable queue. */
export interface Outbox<Payload> {
  /** Makes the table where it is missing. */
  createTable(): Promise<void>;

  /**
   * Puts a message in.
   *
   * @returns the message, or `undefined` if there is one under its key already
   * @throws whatever the database says; the message is then not in the queue
   */
  add(payload: Payload, options?: AddOptions): Promise<Message<Payload> | undefined>;

  /**
   * Tries a message that was added with `claim`, within `deliveryTimeout`, and writes down how it went. It does not throw.
   * If its lease has run out since, because the transaction of its `add` was long, the lease is renewed first; if another
   * attempt has the message by then, this one is not made.
   */
  attempt(message: Message<Payload>): Promise<Attempt>;

  /**
   * Writes another payload down before it is acted upon, if this attempt still holds the message: nobody else tries it
   * then, and whoever tries it later finds what was written.
   *
   * @returns the message as it is now, or `undefined` when its lease has run out or it is done with
   * @throws whatever the database says; nothing was written then
   */
  amend(message: Message<Payload>, payload: Payload): Promise<Message<Payload> | undefined>;

  /**
   * Delivers what is due until the signal aborts, and then waits for the deliveries under way, for `stopTimeout` at most.
   * It never rejects. A signal that has aborted before ends it before it begins: nothing is asked of the database.
   *
   * @throws {TypeError} at once, when it is no signal
   */
  drain(signal: AbortSignal): Promise<void>;

  /** How many messages there are. */
  counts(): Promise<Counts>;

  /** Puts a message that was set aside back. Says whether there was one. */
  retry(key: string): Promise<boolean>;

  /** Deletes what was delivered before so many milliseconds, and says how many. Their keys can then be used again. */
  forget(olderThan: number): Promise<number>;
}

/**
 * A durable queue in PostgreSQL: what is put in is delivered at least once, with the same key each time, at the pace that
 * the breaker in front of its destination allows.
 *
 * @param pool protected or not; a protected one rests while its circuit is open
 * @throws {TypeError | RangeError} naming the option, the rule and the value
 * @example
 * ```ts
 * const outbox = createOutbox<{ order: string }>(pool, {
 *   queue: 'payments',
 *   deliver: ({ key, payload }) => payments.post('/charges', payload, { headers: { 'Idempotency-Key': key } }),
 * });
 * await outbox.createTable();
 * await outbox.add({ order: 'A-1' });
 * await outbox.drain(signal);
 * ```
 */
export function createOutbox<Payload>(pool: Pool, options: OutboxOptions<Payload>): Outbox<Payload> {
  const settings = settingsOf(options);
  const queue = new Queue(pool, settings);
  const claims = new Claims(queue, settings);
  const drains = new Set<Drain<Payload>>();
  const look = (): void => {
    for (const drain of drains) drain.look();
  };
  const again = <T>(work: () => Promise<T>): Promise<T> => untilItPasses(work, lostRace);
  return {
    createTable: () => makeTable(pool, settings.table),
    async add(payload, { key, client, claim = false } = {}) {
      const at = performance.now();
      const lease = claim ? settings.lease : 0;
      const add = (to: Queryable): Promise<Message<Payload> | undefined> => queue.add(payload, key, lease, to);
      const message = await (client ? add(client) : again(() => add(pool)));
      if (claim) claims.note(message, at);
      return message;
    },
    async attempt(message) {
      const ending = await claims.hold(message).then(
        () => attempt(message, queue, settings),
        (error: unknown) => ({ delivered: false, error, isPoison: false }) as const,
      );
      // It is in the queue again, sooner or later.
      if (!ending.delivered) look();
      return ending;
    },
    amend: (message, payload) => queue.amend(message, payload),
    drain(signal) {
      requireSignal(signal);
      return drainUntil(signal, { pool, settings, drains });
    },
    counts: () => again(() => countMessages(pool, settings)),
    retry: (key) => again(() => retryMessage(pool, settings, key)),
    forget: (olderThan) => again(() => forgetMessages(pool, settings, olderThan)),
  };
}
