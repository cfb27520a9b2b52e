import type { PoolClient } from 'pg';
import type { Message } from './message.ts';

/** What `deliver` is given beside the message. */
export interface DeliverContext {
  /**
   * Aborts when the delivery reaches its time limit, with a `TimeoutError`, and when draining stops and does not wait any
   * longer. Pass it on to what `deliver` calls, so that the work ends, too.
   */
  readonly signal: AbortSignal;
}

/** Options of `createOutbox`. What a function given here throws, or answers against its rule, goes to `onError` and stops nothing. */
export interface OutboxOptions<Payload> {
  /** Which queue of the table this is; not empty. Several can share a table. */
  readonly queue: string;

  /**
   * Delivers one message. Rejects when that failed, or when it is unknown whether it did: the message then comes again,
   * with the same key. A breaker's refusal, however deep in the causes, is no attempt, so it must not come out of here
   * once something has been sent. It runs in the `AsyncLocalStorage` context in which `drain` or `attempt` was called.
   */
  readonly deliver: (message: Message<Payload>, context: DeliverContext) => Promise<unknown>;

  /**
   * Runs in the transaction that marks a message delivered, and is given its client: what has to be true from then on, or
   * has to be delivered next. When it rejects, the message is not marked, and comes again with the same key once its lease
   * has run out. After a serialization failure, a deadlock or a lost connection it runs again, in another transaction.
   *
   * @default undefined
   */
  readonly onDelivered?: (message: Message<Payload>, client: PoolClient) => Promise<unknown>;

  /**
   * Whether an error means that no attempt will ever succeed. The message is then set aside at once. Answers at once; a
   * promise counts as no.
   *
   * @default () => false
   */
  readonly isPoison?: (error: unknown, message: Message<Payload>) => boolean;

  /**
   * The table, in the search path or with its schema before a dot: letters, digits and underscores, 63 at most. Capitals
   * mean the same as small letters.
   *
   * @default 'switchgear_outbox'
   */
  readonly table?: string;

  /**
   * For how many milliseconds a message that is being tried is left alone by all others; a whole number greater than
   * 0. Longer than `deliver` can take: an attempt that outlives it may run beside the next.
   *
   * @default 60_000
   */
  readonly lease?: number;

  /**
   * Milliseconds after which a delivery is given up: its signal aborts, the attempt has failed, and its place goes to
   * another message. If the work goes on all the same, nothing else tries the message before its lease has run out, and
   * a late success is still believed. A whole number from 1 to `lease`.
   *
   * @default three quarters of `lease`
   */
  readonly deliveryTimeout?: number;

  /**
   * For how many milliseconds `drain` waits for deliveries under way once its signal has aborted; a whole number of at
   * least 0. Then their signals abort, too, and it resolves within a second; their messages come again.
   *
   * @default 5_000
   */
  readonly stopTimeout?: number;

  /**
   * After how many failed attempts a message is set aside; a whole number of at least 1. An attempt that its process did
   * not survive counts.
   *
   * @default 20
   */
  readonly attempts?: number;

  /**
   * Milliseconds from a failed attempt to the next, from its number: at least 0, a year at most. The default stands in
   * for an answer that is none of these.
   *
   * @default 1 s after the first, doubling, 60 s at most
   */
  readonly retryIn?: (attempt: number) => number;

  /**
   * How many messages are tried at the same time once things go well: a whole number of at least 1.
   *
   * @default 16
   */
  readonly concurrent?: number;

  /**
   * Milliseconds between two looks at an empty queue, where no notification comes; a whole number greater than 0.
   *
   * @default 5_000
   */
  readonly poll?: number;

  /**
   * Whether new messages are told of by `NOTIFY` and heard of by `LISTEN`. All outboxes that drain on a pool share one
   * connection for it; it is taken from the pool only while another one stays free, and given back when it is waited for.
   * Turn it off behind a pooler that hands on single transactions, and where new messages may wait for the next look:
   * commits of transactions that notify wait for each other.
   *
   * @default true
   */
  readonly listen?: boolean;

  /**
   * Told of what went wrong beside the deliveries, and where: an outcome that could not be written down, a lost
   * connection, a function of these options that threw.
   *
   * @default undefined
   */
  readonly onError?: (error: unknown, where: string) => unknown;
}
