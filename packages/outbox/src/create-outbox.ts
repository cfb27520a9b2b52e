import type { Pool } from 'pg';
import type { Message, OutboxOptions } from './contract/options.ts';
import { settingsOf } from './contract/settings.ts';
import type { Queryable } from './database/held-client.ts';
import { createTable } from './database/table.ts';
import { isConflict, retryWhile } from './database/transient.ts';
import { type Attempt, attempt } from './delivery/attempt.ts';
import { Claims } from './delivery/claims.ts';
import type { Drain } from './drain/drain.ts';
import { drainUntil, requireSignal } from './drain/drain-until.ts';
import { Queue } from './queue/queue.ts';
import { type Counts, countMessages, forgetMessages, retryMessage } from './queue/rows.ts';

/** Options of `add`. */
export interface AddOptions {
  /**
   * The idempotency key. A second message with the same key is not added.
   *
   * @default a random key
   */
  readonly key?: string;

  /**
   * The client of your own transaction, so that the message exists if and only if that is committed.
   *
   * @default the pool
   */
  readonly client?: Queryable;

  /**
   * Claims the message for the caller, who then passes it to `attempt`. No process tries it until the lease expires.
   *
   * @default false
   */
  readonly claim?: boolean;
}

/** A durable queue. */
export interface Outbox<Payload> {
  /** Creates the table if it does not exist. */
  createTable(): Promise<void>;

  /**
   * Adds a message.
   *
   * @returns the message, or `undefined` if its key is already in the queue
   * @throws the database's error; the message is not in the queue then
   */
  add(payload: Payload, options?: AddOptions): Promise<Message<Payload> | undefined>;

  /**
   * Tries a message that was added with `claim`, within `deliveryTimeout`, and writes the outcome. It does not throw. If the
   * lease has expired since, because the transaction of `add` was long, it is renewed first; if another attempt holds the
   * message by then, this one is not made.
   */
  attempt(message: Message<Payload>): Promise<Attempt>;

  /**
   * Replaces the payload if this attempt still holds the message. Call it before you act on the new payload: no other process
   * tries the message meanwhile, and later attempts receive the new payload.
   *
   * @returns the changed message, or `undefined` if its lease has expired or it is delivered or set aside
   * @throws the database's error; nothing was changed then
   */
  amend(message: Message<Payload>, payload: Payload): Promise<Message<Payload> | undefined>;

  /**
   * Delivers due messages until the signal aborts, and then waits for current deliveries, at most for `stopTimeout`. It never
   * rejects. If the signal has already aborted, it resolves without a query.
   *
   * @throws {TypeError} synchronously, if it is not an AbortSignal
   */
  drain(signal: AbortSignal): Promise<void>;

  /** Counts the messages of the queue by their state. */
  counts(): Promise<Counts>;

  /** Makes a message that was set aside due again. Resolves with whether there was one. */
  retry(key: string): Promise<boolean>;

  /** Deletes messages delivered more than `olderThan` milliseconds ago, and resolves with their number. Their keys are free then. */
  forget(olderThan: number): Promise<number>;
}

/**
 * A durable queue in PostgreSQL: each message is delivered at least once, with the same key each time, at the pace that the
 * breaker in front of its destination allows.
 *
 * @param pool a plain or protected pool; with a protected one, draining rests while its circuit is open
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
  const poll = (): void => {
    for (const drain of drains) drain.poll();
  };
  const retried = <T>(work: () => Promise<T>): Promise<T> => retryWhile(work, isConflict);
  return {
    createTable: () => createTable(pool, settings.table),
    async add(payload, { key, client, claim = false } = {}) {
      const at = performance.now();
      const lease = claim ? settings.lease : 0;
      const add = (to: Queryable): Promise<Message<Payload> | undefined> => queue.add(payload, key, lease, to);
      const message = await (client ? add(client) : retried(() => add(pool)));
      if (claim) claims.remember(message, at);
      return message;
    },
    async attempt(message) {
      const ending = await claims.ensureLease(message).then(
        () => attempt(message, queue, settings),
        (error: unknown) => ({ delivered: false, error, isPoison: false }) as const,
      );
      // The message will be due again.
      if (!ending.delivered) poll();
      return ending;
    },
    amend: (message, payload) => queue.amend(message, payload),
    drain(signal) {
      requireSignal(signal);
      return drainUntil(signal, { pool, settings, drains });
    },
    counts: () => retried(() => countMessages(pool, settings)),
    retry: (key) => retried(() => retryMessage(pool, settings, key)),
    forget: (olderThan) => retried(() => forgetMessages(pool, settings, olderThan)),
  };
}
