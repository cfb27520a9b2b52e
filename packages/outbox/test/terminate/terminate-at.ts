import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** At which moment of a statement its connection is terminated. */
export type When = 'before' | 'during' | 'after';

/** A termination that comes at a certain step. */
export interface Termination {
  /** Whether there was such a step. */
  readonly isReached: boolean;

  /** No more from here on. */
  end(): void;
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

/** Terminates the connection of the statement with this number, counted over all connections but the administrator's. */
export function terminateAt(step: number, when: When, admin: pg.Client): Termination {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  let steps = 0;
  let isReached = false;
  prototype.query = function (...args) {
    if ((this as unknown) === admin || ++steps !== step) return query.apply(this, args);
    isReached = true;
    const { processID } = this as unknown as { processID: number };
    return terminated(this, processID, args);
  };

  async function terminated(client: pg.Client, pid: number, args: unknown[]): Promise<unknown> {
    if (when === 'before') await terminate(pid);
    const answer = Promise.resolve(query.apply(client, args));
    if (when === 'before') return answer;
    if (when === 'after') await answer;
    // It is waited for at the end.
    answer.catch(() => undefined);
    await terminate(pid);
    return answer;
  }

  /** The connection learns of its end while it is held: an idle one is the business of the pool's owner. */
  async function terminate(pid: number): Promise<void> {
    await admin.query('select pg_terminate_backend($1, 5000)', [pid]);
    await delay(20);
  }

  return {
    get isReached() {
      return isReached;
    },
    end: () => {
      prototype.query = query;
    },
  };
}
