import type { Breaker } from '@switchgear/core';
import * as core from '@switchgear/core';
import { type AdapterUnderTest, describeAdapter } from '@switchgear/testkit';
import type pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import * as own from '../src/index.ts';
import { protectPool } from '../src/index.ts';
import { type Version, versions } from './setup/versions.ts';

/** A pool of one version of pg in front of a real server; what a client sends counts as reaching it. */
function attachTo({ Pool, Client }: Version) {
  return (breaker: Breaker): AdapterUnderTest => {
    let reached = 0;
    class CountingClient extends Client {
      constructor(config?: pg.ClientConfig) {
        super(config);
        const query = this.query as (...args: unknown[]) => unknown;
        const counting = (...args: unknown[]) => {
          reached += 1;
          return query.apply(this, args);
        };
        Object.assign(this, { query: counting });
      }
    }
    const pool = new Pool({ connectionString: inject('url'), max: 4, Client: CountingClient });
    pool.on('error', () => undefined);
    protectPool(pool, { breaker });
    return {
      succeed: () => pool.query('select 1'),
      fail: () => pool.query('select pg_terminate_backend(pg_backend_pid())'),
      sayNothing: () => pool.query('select pg_cancel_backend(pg_backend_pid())'),
      relay: (error) => pool.query({ text: 'select 1', types: { getTypeParser: throwing(error) } }),
      reached: () => reached,
      dispose: () => pool.end(),
    };
  };
}

function throwing(error: Error): pg.CustomTypesConfig['getTypeParser'] {
  return () => () => {
    throw error;
  };
}

for (const [name, version] of versions) describeAdapter(name, attachTo(version), { describe, it });

it('exports the very functions of core that a user of this adapter needs', () => {
  const { adaptive, CircuitOpenError, createBreaker, createRegistry, explain, findCircuitOpen, isCircuitOpen } = core;
  const needed = { adaptive, CircuitOpenError, createBreaker, createRegistry, explain, findCircuitOpen, isCircuitOpen };
  expect(own).toMatchObject(needed);
});
