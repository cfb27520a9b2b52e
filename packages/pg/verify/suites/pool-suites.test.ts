import { createRequire } from 'node:module';
import { type Postgres, startPostgres } from '@switchgear/testkit/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMocha, type Suite } from './run-mocha.ts';

const require = createRequire(import.meta.url);

/** Later pools are published without their tests. */
const suites: readonly (readonly [name: string, suite: Suite])[] = [
  ['the oldest pool and its own', { tests: 'pg-pool-3.6', pool: require.resolve('pg-pool-3.6') }],
  ['the newest pool and those of 3.7', { tests: 'pg-pool-3.7', pool: require.resolve('pg-pool') }],
];

describe("pg-pool's tests", () => {
  let postgres: Postgres;

  beforeAll(async () => {
    // Tests that are tried again leave their connections behind.
    postgres = await startPostgres({ settings: { max_connections: 400 } });
  });
  afterAll(() => postgres.stop());

  it.each(suites)('that pass without us pass with us: %s', async (_name, suite) => {
    const without = await runMocha(suite, 'bare', postgres.url);
    expect(without.length).toBeGreaterThan(60);
    const withUs = await runMocha(suite, 'protected', postgres.url);
    expect(without.filter((title) => !withUs.includes(title))).toEqual([]);
  });
});
