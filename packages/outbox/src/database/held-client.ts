import { read } from '@switchgear/core/adapter';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { startTimer, timeoutError, within } from '../time/timer.ts';
import { keepsConnection } from './passing.ts';

/** How long a connection may take to roll back before it is given up, in milliseconds. */
const LONGEST_ROLLBACK = 5_000;

/**
 * A client checked out of a pool. It has an `error` listener from the first moment to the last: without one, a connection
 * that breaks while nothing is asked of it ends the process.
 */
export class HeldClient {
  readonly client: PoolClient;

  /** Called when the connection breaks. */
  onBroken: ((error: Error) => void) | undefined;
  #broken: Error | undefined;
  #isReleased = false;

  constructor(client: PoolClient) {
    this.client = client;
    client.on('error', this.#hear);
  }

  /** Whether its connection cannot be used any more. */
  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  /** Sends a statement. After an error it is used again only where it is sure that it can be. */
  async query(text: string, values: readonly unknown[], limit: number): Promise<QueryResult> {
    const answer = this.client.query(text, [...values]);
    return within(answer, limit, 'the database').catch((error: Error) => {
      if (!keepsConnection(error)) this.spoil(error);
      throw error;
    });
  }

  /** Rolls back; a connection that cannot is not used again. */
  async rollBack(): Promise<void> {
    if (this.isBroken) return;
    const rollback = this.client.query('rollback');
    await within(rollback, LONGEST_ROLLBACK, 'rollback').catch((error: Error) => this.spoil(error));
  }

  /** Has the connection closed on release, because of what it may still be doing. */
  spoil(error: Error): void {
    this.#broken ??= error;
  }

  /** Gives the client back. */
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
    // Only now, because from here on the pool listens.
    if (!this.isBroken) this.client.off('error', this.#hear);
    else this.#silence(before);
  }

  /** The last words of a connection that is being closed are not for the pool, which may have no listener. */
  #silence(before: readonly unknown[]): void {
    const added = this.client.listeners('error').filter((listener) => !before.includes(listener));
    for (const listener of added) this.client.off('error', listener as () => void);
  }

  readonly #hear = (error: Error): void => {
    this.spoil(error);
    this.onBroken?.(error);
  };
}

/**
 * Checks a client out. The pool's callback is used because it is called before anything else can happen to the
 * connection; a promise would leave a moment without a listener.
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
    // What stands in for a pool may know promises only.
    const promise = pool.connect(answer) as unknown;
    if (typeof read(promise, 'then') !== 'function') return;
    (promise as Promise<PoolClient>).then((client) => answer(undefined, client), answer);
  });
}
