import { createBreaker } from '@switchgear/core';
import { expect, it } from 'vitest';
import { protectPool } from '../src/index.ts';
import { benchPool } from './setup/bench-pool.ts';

it('a breaker with nothing but a name refuses none of fifty queries at once on a pool of 20, five times', async () => {
  // Every reading of the clock takes a while, as starting a query does.
  let at = 0;
  let reading = 0.1;
  const breaker = createBreaker({ name: 'database', clock: { now: () => (at += reading) } });
  const pool = benchPool({ max: 20 });
  protectPool(pool, { breaker });
  // Quick queries first: before them no silence is unusual.
  for (let call = 0; call < 200; call++) await pool.query('select 1');
  // A tenth of a second in which fifty checkouts begin and no answer can come back.
  reading = 2;
  for (let round = 0; round < 5; round++) {
    const queries = Array.from({ length: 50 }, () => pool.query('select 1 as n'));
    for (const { rows } of await Promise.all(queries)) expect(rows).toEqual([{ n: 1 }]);
  }
  expect(breaker.state).toBe('closed');
  expect(breaker.metrics().rejected).toBe(0);
});
