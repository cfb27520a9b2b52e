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
    if (when === 'during') {
      // The statement is sent at once and the termination meets it on its way.
      const answer = query.apply(this, args);
      void admin.query('select pg_terminate_backend($1)', [processID]);
      return answer;
    }
    return terminated(this, processID, args);
  };

  async function terminated(client: pg.Client, pid: number, args: unknown[]): Promise<unknown> {
    const answer = when === 'after' ? await query.apply(client, args) : undefined;
    await admin.query('select pg_terminate_backend($1, 5000)', [pid]);
    return when === 'after' ? answer : query.apply(client, args);
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
