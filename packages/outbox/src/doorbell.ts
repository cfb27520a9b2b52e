import type { Pool, PoolClient } from 'pg';
import type { Settings } from './options.ts';
import { channelOf } from './table.ts';

/**
 * Hears of new messages by LISTEN, over a connection of its own that it takes when first asked and again when it was lost.
 * It only saves waiting: whoever drains looks into the queue from time to time all the same.
 */
export class Doorbell {
  readonly #pool: Pool;
  readonly #settings: Settings<never>;
  #client: PoolClient | undefined;
  #ring: (() => void) | undefined;
  /** Somebody rang while nobody waited. */
  #hasRung = false;

  constructor(pool: Pool, settings: Settings<never>) {
    this.#pool = pool;
    this.#settings = settings;
  }

  /** Waits until a message comes in, until so many milliseconds are over, or until the signal aborts. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    // What came in before it could be heard lies in the queue: whoever drains has to look once more.
    if (await this.#listens()) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.#ring = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
      this.#ring = end;
      if (this.#hasRung || signal.aborted) end();
    });
    this.#hasRung = false;
  }

  /** Ends the wait, or the next one if nobody waits. */
  ring(): void {
    this.#hasRung = true;
    this.#ring?.();
  }

  /** Gives the connection up. */
  close(): void {
    const client = this.#client;
    this.#client = undefined;
    // It listens still, so nobody else must get it.
    client?.release(true);
  }

  /** Whether it has begun to listen just now. */
  async #listens(): Promise<boolean> {
    const { queue, table, listen, onError } = this.#settings;
    // A pool of one has nobody left to look into the queue.
    if (this.#client || !listen || this.#pool.options.max < 2) return false;
    let client: PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      client.on('error', (error) => {
        onError(error);
        this.#lost(client);
      });
      client.on('end', () => this.#lost(client));
      client.on('notification', ({ payload }) => {
        if (payload !== queue) return;
        this.ring();
      });
      this.#client = client;
      await client.query(`listen ${channelOf(table)}`);
      return true;
    } catch (error) {
      onError(error);
      if (client) this.#lost(client);
      return false;
    }
  }

  #lost(client: PoolClient | undefined): void {
    if (client && this.#client === client) this.close();
  }
}
