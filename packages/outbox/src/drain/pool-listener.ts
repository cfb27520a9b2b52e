import type { Pool } from 'pg';
import { type HeldClient, holdClient } from '../database/held-client.ts';
import { quoted } from '../database/names.ts';
import { PoolPressure } from './pool-pressure.ts';

/** How often it is seen to that all is as it should be, in milliseconds. No query is sent for it. */
const TICK = 250;

/** How often the connection is made to answer, in milliseconds: one that was cut silently says nothing by itself. */
const HEARTBEAT = 5_000;

/** How long it may take to answer, in milliseconds. */
const PATIENCE = 5_000;

/** The waits before the connection is taken again, in milliseconds: they double while it cannot be had. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

/** One who wants to hear of new messages. */
export interface Member {
  readonly channel: string;
  readonly queue: string;

  /** Something came in, or may have come in while nothing could be heard. */
  ring(): void;

  /** Told when the connection was lost, and when it cannot be had. */
  report(error: unknown): void;
}

const listeners: WeakMap<Pool, PoolListener> = new WeakMap();

/**
 * Hears of new messages by LISTEN, for all who drain on a pool, over one of its connections. The connection is taken while
 * another one stays free, and given back when the pool is stuck without it: it only saves waiting, because those who drain
 * look into the queue from time to time all the same.
 */
export class PoolListener {
  readonly #pool: Pool;
  readonly #pressure: PoolPressure;
  readonly #members = new Set<Member>();
  /** Those whose channels are listened to. */
  #heard: ReadonlySet<Member> = new Set();
  #held: HeldClient | undefined;
  #tending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pause = FIRST_PAUSE;
  #notBefore = 0;
  #heartbeatAt = 0;

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

  /** Listens for a member. @returns what leaves again; the last one closes the connection */
  join(member: Member): () => Promise<void> {
    if (this.#members.size === 0) {
      this.#timer = setInterval(() => this.#tend(), TICK).unref();
      this.#pressure.watch();
    }
    this.#members.add(member);
    this.#tend();
    return () => this.#leave(member);
  }

  async #leave(member: Member): Promise<void> {
    this.#members.delete(member);
    if (this.#members.size > 0) return;
    clearInterval(this.#timer);
    this.#pressure.unwatch();
    this.#close();
    // One that is being taken is closed as soon as it is there.
    await this.#tending;
  }

  #tend(): void {
    this.#tending ??= this.#see(performance.now())
      .catch((error: unknown) => this.#lost(error))
      .finally(() => {
        this.#tending = undefined;
      });
  }

  async #see(now: number): Promise<void> {
    const isStuck = this.#pressure.isStuck(now);
    const held = this.#held;
    if (held && (isStuck || this.#pool.ending)) {
      this.#close();
      this.#notBefore = now + LONGEST_PAUSE;
    } else if (held) {
      const isUnheard = [...this.#members].some((member) => !this.#heard.has(member));
      if (isUnheard || now >= this.#heartbeatAt) await this.#listen(held);
    } else if (now >= this.#notBefore && this.#pressure.hasRoom() && !this.#pool.ending) await this.#take();
  }

  async #take(): Promise<void> {
    const held = await holdClient(this.#pool, PATIENCE);
    this.#held = held;
    held.onBroken = (error) => {
      if (this.#held === held) this.#lost(error);
    };
    held.client.on('notification', ({ channel, payload }) => {
      for (const member of this.#members) if (member.channel === channel && member.queue === payload) member.ring();
    });
    if (this.#members.size === 0) this.#close();
    else await this.#listen(held);
  }

  /** Says which channels it listens to, which also shows that the connection is alive. Once more is as good as once. */
  async #listen(held: HeldClient): Promise<void> {
    const members = new Set(this.#members);
    const channels = new Set([...members].map(({ channel }) => channel));
    await held.query([...channels].map((channel) => `listen ${quoted(channel)}`).join('; '), [], PATIENCE);
    if (this.#held !== held) return;
    // What came in before lies in the queue.
    for (const member of members) if (!this.#heard.has(member)) member.ring();
    this.#heard = members;
    this.#heartbeatAt = performance.now() + HEARTBEAT;
    this.#pause = FIRST_PAUSE;
  }

  #lost(error: unknown): void {
    this.#close();
    this.#notBefore = performance.now() + this.#pause;
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
    for (const member of this.#members) member.report(error);
  }

  #close(): void {
    // It listens still, so the pool must not give it to others.
    this.#held?.spoil(new Error('it has listened'));
    this.#held?.release();
    this.#held = undefined;
    this.#heard = new Set();
  }
}
