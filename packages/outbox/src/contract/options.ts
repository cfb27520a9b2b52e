import type { PoolClient } from 'pg';

/** A message, as it is in the queue. */
export interface Message<Payload> {
  /** The idempotency key, the same for every attempt. Send it along, so that a repeated attempt has no further effect. */
  readonly key: string;

  /** The payload that was added, as JSON preserves it. */
  readonly payload: Payload;

  /** The number of this attempt: 1 for the first. */
  readonly attempt: number;

  /**
   * Whether this is the first attempt, so that no process has sent anything yet. An attempt that a breaker refused does not
   * count; one that crashed its process does. Only a first attempt may go to another destination.
   */
  readonly isFirst: boolean;
}

/** What `deliver` receives beside the message. */
export interface DeliverContext {
  /**
   * Aborts with a `TimeoutError` when the delivery reaches its time limit, and when draining stops and no longer waits. Pass it
   * to what `deliver` calls, so that the work ends too.
   */
  readonly signal: AbortSignal;
}

/**
 * Options of `createOutbox`. What one of these functions throws, or an invalid return value, is reported to `onError` and
 * stops nothing.
 */
export interface OutboxOptions<Payload> {
  /** The name of the queue, not empty. Several queues can share a table. */
  readonly queue: string;

  /**
   * Delivers one message. It must reject if the delivery failed or if its outcome is unknown: the message is then tried again
   * with the same key. A breaker's refusal in the error, at any depth, means that there was no attempt, so do not pass one on
   * after something was sent. It runs in the `AsyncLocalStorage` context in which `drain` or `attempt` was called.
   */
  readonly deliver: (message: Message<Payload>, context: DeliverContext) => Promise<unknown>;

  /**
   * Runs in the transaction that marks a message delivered, with that transaction's client: write what must be true from then
   * on, or add the next message. If it rejects, the message is not marked, and is tried again with the same key when its lease
   * has expired. After a serialization failure, a deadlock or a lost connection it runs again, in another transaction.
   *
   * @default undefined
   */
  readonly onDelivered?: (message: Message<Payload>, client: PoolClient) => Promise<unknown>;

  /**
   * Whether an error means that no attempt will ever succeed. The message is then set aside at once. It must be synchronous; a
   * promise counts as false.
   *
   * @default () => false
   */
  readonly isPoison?: (error: unknown, message: Message<Payload>) => boolean;

  /**
   * The table, in the search path or as `schema.table`: letters, digits and underscores, at most 63 each. Capitals are lowered.
   *
   * @default 'switchgear_outbox'
   */
  readonly table?: string;

  /**
   * Milliseconds for which no other process tries a message that is being tried; a whole number greater than 0. Make it longer
   * than `deliver` can take: an attempt that outlives it may overlap with the next.
   *
   * @default 60_000
   */
  readonly lease?: number;

  /**
   * The time limit of a delivery in milliseconds; a whole number from 1 to `lease`. When it is reached, the signal aborts, the
   * attempt has failed, and its slot is free. If the work continues, the message is not tried again before its lease has
   * expired, and a late success still counts.
   *
   * @default three quarters of `lease`
   */
  readonly deliveryTimeout?: number;

  /**
   * Milliseconds for which `drain` waits for current deliveries once its signal has aborted; a whole number, at least 0. Then
   * their signals abort too, and `drain` resolves within a second; their messages are tried again later.
   *
   * @default 5_000
   */
  readonly stopTimeout?: number;

  /**
   * The number of failed attempts after which a message is set aside; a whole number, at least 1. An attempt that crashed its
   * process counts.
   *
   * @default 20
   */
  readonly attempts?: number;

  /**
   * Milliseconds from a failed attempt to the next, given its number: at least 0, and at most a year. For any other result the
   * default is used.
   *
   * @default 1 s after the first attempt, doubling, at most 60 s
   */
  readonly retryIn?: (attempt: number) => number;

  /**
   * The maximum number of concurrent deliveries, reached once deliveries succeed; a whole number, at least 1.
   *
   * @default 16
   */
  readonly concurrent?: number;

  /**
   * Milliseconds between two polls of an empty queue, if no notification arrives; a whole number greater than 0.
   *
   * @default 5_000
   */
  readonly poll?: number;

  /**
   * Whether new messages are announced by `NOTIFY` and received by `LISTEN`. All outboxes that drain on a pool share one
   * connection for this; it is taken only while another one stays free, and returned when other callers wait for it. Turn it
   * off behind a pooler in transaction mode, or if new messages may wait for the next poll: transactions that notify commit one
   * after another.
   *
   * @default true
   */
  readonly listen?: boolean;

  /**
   * Receives errors beside the deliveries, and their place: an outcome that could not be written, a lost connection, or one of
   * these functions that threw.
   *
   * @default undefined
   */
  readonly onError?: (error: unknown, where: string) => unknown;
}
