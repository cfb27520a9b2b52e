import { read } from '@switchgear/core/adapter';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { startTimer, timeoutError, within } from '../time/timer.ts';
import { leavesConnectionUsable } from './transient.ts';

/** How long a rollback may take before the connection is discarded, in milliseconds. */
const LONGEST_ROLLBACK = 5_000;

/** Where to write: the pool, or the client of your own transaction. */
export type Queryable = Pick<Pool | PoolClient, 'query'>;

/**
 * A client checked out of a pool. It has an `error` listener all the time, because a connection that breaks while idle would
 * otherwise end the process.
 */
export class HeldClient {
  readonly client: PoolClient;

  /** Called when the connection breaks. */
  onBroken: ((error: Error) => void) | undefined;
  #broken: Error | undefined;
  #isReleased = false;

  constructor(client: PoolClient) {
    this.client = client;
    client.on('error', this.#onError);
  }

  /** Whether its connection must not be used any more. */
  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  /** Sends a statement. After an error the connection is used again only if that is known to be safe. */
  async query(text: string, values: readonly unknown[], limit: number): Promise<QueryResult> {
    const answer = this.client.query(text, [...values]);
    return within(answer, limit, 'the database').catch((error: Error) => {
      if (!leavesConnectionUsable(error)) this.discard(error);
      throw error;
    });
  }

  /** Rolls back; if that fails, the connection is discarded. */
  async rollBack(): Promise<void> {
    if (this.isBroken) return;
    const rollback = this.client.query('rollback');
    await within(rollback, LONGEST_ROLLBACK, 'rollback').catch((error: Error) => this.discard(error));
  }

  /** Closes the connection on release, because it may be broken or still busy. */
  discard(error: Error): void {
    this.#broken ??= error;
  }

  /** Returns the client to the pool. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.onBroken = undefined;
    const before = this.client.listeners('error');
    try {
      this.client.release(this.#broken);
    } catch {
      // The work has released it already.
    }
    // Not before the release, because the pool listens only from then on.
    if (!this.isBroken) this.client.off('error', this.#onError);
    else this.#removeListenersAdded(before);
  }

  /** Errors of a connection that is being closed must not reach the pool, which may have no listener. */
  #removeListenersAdded(before: readonly unknown[]): void {
    const added = this.client.listeners('error').filter((listener) => !before.includes(listener));
    for (const listener of added) this.client.off('error', listener as () => void);
  }

  readonly #onError = (error: Error): void => {
    this.discard(error);
    this.onBroken?.(error);
  };
}

/**
 * Checks a client out. It uses the pool's callback, which runs before anything else can happen to the connection; a promise
 * would leave a moment without a listener.
 *
 * @param limit milliseconds to wait for the pool
 */
export function holdClient(pool: Pool, limit: number = Number.POSITIVE_INFINITY): Promise<HeldClient> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    let isAnswered = false;
    const timer = startTimer(limit, () => {
      isOver = true;
      reject(timeoutError(`no client of the pool was free within ${limit} ms`));
    }).unref();
    const answer = (error: unknown, client?: PoolClient): void => {
      if (isAnswered) return;
      isAnswered = true;
      clearTimeout(timer);
      if (!client) reject(error);
      else if (isOver) client.release();
      else resolve(new HeldClient(client));
    };
    // A substitute for a pool may support promises only.
    const promise = pool.connect(answer) as unknown;
    if (typeof read(promise, 'then') !== 'function') return;
    (promise as Promise<PoolClient>).then((client) => answer(undefined, client), answer);
  });
}
