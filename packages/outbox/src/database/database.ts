import type { Pool, PoolClient, QueryResult } from 'pg';
import { within } from '../time/timer.ts';
import { Gate } from './gate.ts';
import { type HeldClient, holdClient } from './held-client.ts';
import { isPassing, lostRace, untilItPasses } from './passing.ts';
import { transact } from './transaction.ts';

/** Where to write: the pool, or the client of a transaction of yours. */
export type Queryable = Pick<Pool | PoolClient, 'query'>;

/** A statement with its values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The pool as the queue uses it: no statement waits without limit, and what fails for a passing reason is sent again. */
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

  /** Sends a statement; again only if it lost a race, because it may have had its effect when the connection broke. */
  ask(statement: Statement): Promise<QueryResult> {
    return this.#again(() => this.#query(statement), lostRace);
  }

  /** Sends a statement that has its effect once, however often it is sent; again after a lost connection, too. */
  write(statement: Statement): Promise<QueryResult> {
    return this.#again(() => this.#query(statement), isPassing);
  }

  /**
   * The same with a hook in its transaction, which is called if the statement changed something. What the hook throws
   * ends the transaction; it is run again only after a lost race or a lost connection.
   */
  async writeWith({ text, values }: Statement, hook: (row: unknown, client: PoolClient) => unknown): Promise<void> {
    let isOfHook = false;
    const run = async (held: HeldClient): Promise<void> => {
      isOfHook = false;
      const { rows } = await held.query(text, values, this.#limit);
      if (rows.length === 0) return;
      const hooked = async (): Promise<unknown> => hook(rows[0], held.client);
      try {
        await within(hooked(), this.#limit, 'onDelivered', (error) => {
          // What it still asks of this client must not end up in the next transaction of the pool.
          isOfHook = true;
          held.spoil(error);
        });
      } catch (error) {
        isOfHook ||= !held.isBroken;
        throw error;
      }
    };
    await this.#again(
      () =>
        Gate.of(this.#pool).pass(() => transact(this.#pool, (held) => this.#using(held, () => run(held)), this.#limit)),
      (error) => (isOfHook ? lostRace(error) : isPassing(error)),
    );
  }

  /** Ends what is under way and closes its connections, because a database that hangs must not keep its user. */
  abandon(): void {
    this.#isAbandoned = true;
    for (const held of this.#inUse) {
      held.spoil(new Error('it was not waited for any longer'));
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

  #again<T>(work: () => Promise<T>, passes: (error: unknown) => boolean): Promise<T> {
    return untilItPasses(work, (error) => !this.#isAbandoned && passes(error));
  }
}
