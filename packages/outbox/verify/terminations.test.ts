import { startPostgres } from '@switchgear/testkit/postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runChild } from '../test/terminate/run-child.ts';

const MOMENTS = ['before', 'during', 'after'] as const;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

it.each(MOMENTS)(
  'a transaction whose connection ends %s any of its statements is there as a whole, or not at all',
  async (when) => {
    let steps = 0;
    for (let step = 1; ; step++) {
      const { isReached, committed, added, followed } = await runChild(postgres.url, 'transaction', step, when);
      expect([0, 1], `step ${step}`).toContain(added);
      expect(followed, `step ${step}`).toHaveLength(added);
      // It may be there all the same when the answer to COMMIT was lost.
      if (committed) expect(added, `step ${step}`).toBe(1);
      if (!isReached) break;
      steps++;
    }
    console.log(`${steps} steps of a transaction, terminated ${when} each`);
    expect(steps).toBeGreaterThanOrEqual(4);
  },
);

it.each(MOMENTS)(
  'a drain whose connection ends %s any of its statements delivers all, and lets follow once',
  async (when) => {
    let steps = 0;
    let repeated = 0;
    for (let step = 1; ; step++) {
      const { isReached, delivered, followed, deliveries = [] } = await runChild(postgres.url, 'drain', step, when);
      expect(delivered, `step ${step}`).toBe(3);
      expect(followed, `step ${step}`).toEqual(['A-1', 'A-2', 'A-3']);
      expect([...new Set(deliveries)].sort(), `step ${step}`).toEqual(['A-1', 'A-2', 'A-3']);
      repeated += deliveries.length - 3;
      if (!isReached) break;
      steps++;
    }
    console.log(`${steps} steps of a drain, terminated ${when} each; ${repeated} deliveries made again`);
    expect(steps).toBeGreaterThanOrEqual(15);
  },
);
