import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { isCircuitOpen } from '../../src/index.ts';

/** What one call ended in: `success`, `refused`, or the code or words of its error. */
export interface Call {
  readonly ending: string;

  /** When it began, on `performance.now()`. */
  readonly began: number;

  /** In milliseconds. */
  readonly took: number;
}

/** Callers that ask again and again, half of them for transactions. */
export interface Callers {
  readonly calls: readonly Call[];

  /** Resolves when the last one has had an answer. */
  stop(): Promise<void>;
}

const CALLERS = 8;

/** How long a caller thinks between calls, in milliseconds. */
const THOUGHT = 10;

/** Sets them on a pool. */
export function startCallers(pool: pg.Pool): Callers {
  const calls: Call[] = [];
  let over = false;
  const loops = Array.from({ length: CALLERS }, async (_, index) => {
    while (!over) {
      const began = performance.now();
      const ending = await (index % 2 === 0 ? transaction(pool) : pool.query('select 1')).then(
        () => 'success',
        wordsOf,
      );
      calls.push({ ending, began, took: performance.now() - began });
      await pause(THOUGHT);
    }
  });
  const stop = async () => {
    over = true;
    await Promise.all(loops);
  };
  return { calls, stop };
}

async function transaction(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    for (const text of ['begin', 'select 1', 'commit']) await client.query(text);
  } catch (error) {
    failed = error as Error;
    throw error;
  } finally {
    client.release(failed);
  }
}

function wordsOf(error: Error & { code?: string }): string {
  return isCircuitOpen(error) ? 'refused' : (error.code ?? error.message);
}
