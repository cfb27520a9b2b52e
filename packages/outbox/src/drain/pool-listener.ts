import type { Pool } from 'pg';
import { type HeldClient, holdClient } from '../database/held-client.ts';
import { PoolPressure } from '../database/pool.ts';
import { quoted } from '../database/table.ts';

/** How often the state of the connection is checked, in milliseconds. A check sends no query. */
const CHECK_MS = 250;

/** How often LISTEN is sent again, in milliseconds, because a connection that was cut silently reports no error. */
const RELISTEN_MS = 5_000;

/** How long the database may take to answer, in milliseconds. */
const ANSWER_LIMIT = 5_000;

/** The waits before the connection is taken again, in milliseconds: they double while that fails. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

/** A drain that wants to know of new messages. */
export interface Subscriber {
  readonly channel: string;
  readonly queue: string;

  /** Called when a message was added, or may have been added while nothing was listening. */
  onMessage(): void;

  /** Called when the connection was lost, and when it cannot be taken. */
  onError(error: unknown): void;
}

const listeners: WeakMap<Pool, PoolListener> = new WeakMap();

/**
 * Receives new messages by LISTEN, for all drains on a pool, over one of its connections. The connection is taken only while
 * another one stays free, and returned when the pool is stuck without it: it only shortens waits, because drains also poll.
 */
export class PoolListener {
  readonly #pool: Pool;
  readonly #pressure: PoolPressure;
  readonly #subscribers = new Set<Subscriber>();
  /** Those whose channels the connection listens to. */
  #served: ReadonlySet<Subscriber> = new Set();
  #held: HeldClient | undefined;
  #checking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pause = FIRST_PAUSE;
  #notBefore = 0;
  #relistenAt = 0;

  /** The listener of a pool. */
  static of(pool: Pool): PoolListener {
    const listener = listeners.get(pool) ?? new PoolListener(pool);
    listeners.set(pool, listener);
    return listener;
  }

  private constructor(pool: Pool) {
    this.#pool = pool;
    this.#pressure = new PoolPressure(pool);
  }

  /** Adds a subscriber. @returns a function that removes it; with the last one the connection is closed */
  subscribe(subscriber: Subscriber): () => Promise<void> {
    if (this.#subscribers.size === 0) {
      this.#timer = setInterval(() => this.#check(), CHECK_MS).unref();
      this.#pressure.watch();
    }
    this.#subscribers.add(subscriber);
    this.#check();
    return () => this.#unsubscribe(subscriber);
  }

  async #unsubscribe(subscriber: Subscriber): Promise<void> {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size > 0) return;
    clearInterval(this.#timer);
    this.#pressure.unwatch();
    this.#close();
    // A connection that is being taken is closed as soon as it is available.
    await this.#checking;
  }

  #check(): void {
    this.#checking ??= this.#checkAt(performance.now())
      .catch((error: unknown) => this.#onLost(error))
      .finally(() => {
        this.#checking = undefined;
      });
  }

  async #checkAt(now: number): Promise<void> {
    const isStuck = this.#pressure.isStuck(now);
    const held = this.#held;
    if (held && (isStuck || this.#pool.ending)) {
      this.#close();
      this.#notBefore = now + LONGEST_PAUSE;
    } else if (held) {
      const isNew = [...this.#subscribers].some((subscriber) => !this.#served.has(subscriber));
      if (isNew || now >= this.#relistenAt) await this.#listen(held);
    } else if (now >= this.#notBefore && this.#pressure.hasRoom() && !this.#pool.ending) await this.#take();
  }

  async #take(): Promise<void> {
    const held = await holdClient(this.#pool, ANSWER_LIMIT);
    this.#held = held;
    held.onBroken = (error) => {
      if (this.#held === held) this.#onLost(error);
    };
    held.client.on('notification', ({ channel, payload }) => {
      for (const each of this.#subscribers) if (each.channel === channel && each.queue === payload) each.onMessage();
    });
    if (this.#subscribers.size === 0) this.#close();
    else await this.#listen(held);
  }

  /** Sends LISTEN for all channels, which also shows that the connection works. Sending it again changes nothing. */
  async #listen(held: HeldClient): Promise<void> {
    const subscribers = new Set(this.#subscribers);
    const channels = new Set([...subscribers].map(({ channel }) => channel));
    await held.query([...channels].map((channel) => `listen ${quoted(channel)}`).join('; '), [], ANSWER_LIMIT);
    if (this.#held !== held) return;
    // Messages may have been added before.
    for (const subscriber of subscribers) if (!this.#served.has(subscriber)) subscriber.onMessage();
    this.#served = subscribers;
    this.#relistenAt = performance.now() + RELISTEN_MS;
    this.#pause = FIRST_PAUSE;
  }

  #onLost(error: unknown): void {
    this.#close();
    this.#notBefore = performance.now() + this.#pause;
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
    for (const subscriber of this.#subscribers) subscriber.onError(error);
  }

  #close(): void {
    // The session is still listening, so the pool must not hand it to others.
    this.#held?.discard(new Error('the session was used for LISTEN'));
    this.#held?.release();
    this.#held = undefined;
    this.#served = new Set();
  }
}
