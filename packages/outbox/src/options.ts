import { refuse, requireFunction, requireOptions, requireWhole } from '@switchgear/core';
import type { PoolClient } from 'pg';
import type { Message } from './message.ts';

/** Options of `createOutbox`. */
export interface OutboxOptions<Payload> {
  /** Which queue of the table this is; not empty. Several can share a table. */
  readonly queue: string;

  /**
   * Delivers one message. Rejects when that failed, or when nobody knows whether it did: the message then comes again,
   * with the same key. A breaker's refusal, however deep in the causes, is no attempt, so it must not come out of here
   * once something has been sent.
   */
  readonly deliver: (message: Message<Payload>) => Promise<unknown>;

  /**
   * Runs in the transaction that marks a message delivered, and is given its client: what has to be true from then on, or
   * has to be delivered next. When it rejects, the message is not marked, and comes again with the same key once its lease
   * has run out.
   *
   * @default undefined
   */
  readonly onDelivered?: (message: Message<Payload>, client: PoolClient) => Promise<unknown>;

  /**
   * Whether an error means that no attempt will ever succeed. The message is then set aside at once.
   *
   * @default () => false
   */
  readonly isPoison?: (error: unknown, message: Message<Payload>) => boolean;

  /**
   * The table, in the search path or with its schema before a dot: letters, digits and underscores.
   *
   * @default 'switchgear_outbox'
   */
  readonly table?: string;

  /**
   * For how many milliseconds a message that is being tried is left alone by everybody else; a whole number greater than
   * 0. Longer than `deliver` can take: an attempt that outlives it may run beside the next.
   *
   * @default 60_000
   */
  readonly lease?: number;

  /**
   * After how many failed attempts a message is set aside; a whole number of at least 1. An attempt that its process did
   * not survive counts.
   *
   * @default 20
   */
  readonly attempts?: number;

  /**
   * Milliseconds from a failed attempt to the next, from its number.
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
   * Whether new messages are told of by `NOTIFY` and heard of by `LISTEN`, which holds one connection of the pool while
   * draining. Turn it off behind a pooler that hands on single transactions, and where nobody is in a hurry: commits of
   * transactions that notify wait for each other.
   *
   * @default true
   */
  readonly listen?: boolean;

  /**
   * Told of what went wrong beside the deliveries: an outcome that could not be written down, a lost connection.
   *
   * @default undefined
   */
  readonly onError?: (error: unknown) => void;
}

/** Options with every default filled in. */
export type Settings<Payload> = Required<Omit<OutboxOptions<Payload>, 'onDelivered'>> &
  Pick<OutboxOptions<Payload>, 'onDelivered'>;

const LONGEST_WAIT = 60_000;

/** Fills in the defaults. @throws {TypeError | RangeError} naming the option, the rule and the value */
export function settingsOf<Payload>(options: OutboxOptions<Payload>): Settings<Payload> {
  const defaults = {
    isPoison: () => false,
    table: 'switchgear_outbox',
    lease: 60_000,
    attempts: 20,
    retryIn: (attempt: number) => Math.min(1_000 * 2 ** (attempt - 1), LONGEST_WAIT),
    concurrent: 16,
    poll: 5_000,
    listen: true,
    onError: () => undefined,
  };
  const known = ['queue', 'deliver', 'onDelivered', ...Object.keys(defaults)];
  const settings: Settings<Payload> = { ...defaults, ...requireOptions('createOutbox', options, known) };
  const { queue, table, onDelivered } = settings;
  if (typeof queue !== 'string' || queue === '') refuse('queue', 'a string that is not empty', queue);
  if (typeof table !== 'string' || !/^(\w+\.)?\w+$/.test(table)) refuse('table', 'a name, or schema.name', table);
  for (const option of ['deliver', 'isPoison', 'retryIn', 'onError'] as const) {
    requireFunction(option, settings[option]);
  }
  if (onDelivered !== undefined) requireFunction('onDelivered', onDelivered);
  for (const option of ['lease', 'attempts', 'concurrent', 'poll'] as const) {
    requireWhole(option, settings[option]);
  }
  if (typeof settings.listen !== 'boolean') refuse('listen', 'true or false', settings.listen);
  return settings;
}
