import type { Pool, PoolClient, QueryResult } from 'pg';
import { within } from '../time/timer.ts';
import { type HeldClient, holdClient } from './held-client.ts';
import { TransactionLimit, transact } from './transaction.ts';
import { isConflict, isTransient, retryWhile } from './transient.ts';

/** A statement with its values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The pool as the queue uses it: every statement has a time limit, and is retried if it fails for a transient reason. */
export class Database {
  readonly #pool: Pool;
  readonly #limit: number;
  readonly #inUse = new Set<HeldClient>();
  #isAbandoned = false;

  /** @param limit milliseconds to wait for a client, for an answer, and for a hook in a transaction */
  constructor(pool: Pool, limit: number) {
    this.#pool = pool;
    this.#limit = limit;
  }

  /** Sends a statement. Retries only after a conflict, because it may have taken effect before a connection broke. */
  ask(statement: Statement): Promise<QueryResult> {
    return this.#retry(() => this.#query(statement), isConflict);
  }

  /** Sends an idempotent statement. Retries after a lost connection too. */
  write(statement: Statement): Promise<QueryResult> {
    return this.#retry(() => this.#query(statement), isTransient);
  }

  /**
   * The same with a hook in its transaction, which is called if the statement changed a row. If the hook throws, the
   * transaction is rolled back; it is retried only after a conflict or a lost connection.
   */
  async writeWith({ text, values }: Statement, hook: (row: unknown, client: PoolClient) => unknown): Promise<void> {
    let isHooksError = false;
    const run = async (held: HeldClient): Promise<void> => {
      isHooksError = false;
      const { rows } = await held.query(text, values, this.#limit);
      if (rows.length === 0) return;
      const hooked = async (): Promise<unknown> => hook(rows[0], held.client);
      try {
        await within(hooked(), this.#limit, 'onDelivered', (error) => {
          // The hook may still send statements, which must not run in the pool's next transaction on this connection.
          isHooksError = true;
          held.discard(error);
        });
      } catch (error) {
        isHooksError ||= !held.isBroken;
        throw error;
      }
    };
    await this.#retry(
      () =>
        TransactionLimit.of(this.#pool).run(() =>
          transact(this.#pool, (held) => this.#using(held, () => run(held)), this.#limit),
        ),
      (error) => (isHooksError ? isConflict(error) : isTransient(error)),
    );
  }

  /** Ends all current statements and closes their connections, because a hanging database must not delay the caller. */
  abandon(): void {
    this.#isAbandoned = true;
    for (const held of this.#inUse) {
      held.discard(new Error('draining ended before the statement did'));
      held.release();
    }
  }

  async #query({ text, values }: Statement): Promise<QueryResult> {
    const held = await holdClient(this.#pool, this.#limit);
    try {
      return await this.#using(held, () => held.query(text, values, this.#limit));
    } finally {
      held.release();
    }
  }

  async #using<T>(held: HeldClient, work: () => Promise<T>): Promise<T> {
    this.#inUse.add(held);
    try {
      return await work();
    } finally {
      this.#inUse.delete(held);
    }
  }

  #retry<T>(work: () => Promise<T>, isRetryable: (error: unknown) => boolean): Promise<T> {
    return retryWhile(work, (error) => !this.#isAbandoned && isRetryable(error));
  }
}
