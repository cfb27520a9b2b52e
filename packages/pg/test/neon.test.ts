import { neonConfig, Pool } from '@neondatabase/serverless';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { protectPool } from '../src/index.ts';
import { type BenchCircuit, benchCircuit } from './setup/bench-circuit.ts';
import { SocketToPostgres } from './setup/socket-to-postgres.ts';

describe("Neon's Pool", () => {
  let pool: Pool;
  let circuit: BenchCircuit;

  beforeAll(() => {
    neonConfig.webSocketConstructor = SocketToPostgres;
    neonConfig.wsProxy = (host, port) => `${host}:${port}`;
    neonConfig.useSecureWebSocket = false;
    neonConfig.pipelineConnect = false;
  });

  beforeEach(() => {
    circuit = benchCircuit();
    // It insists on a password, which this server does not ask for.
    pool = new Pool({ connectionString: inject('url').replace('postgres@', 'postgres:none@') });
    pool.on('error', () => undefined);
    protectPool(pool, { breaker: circuit.breaker });
  });
  afterEach(() => pool.end());

  it('is protected as pg’s own', async () => {
    const { breaker, outcomes, permits } = circuit;
    expect((await pool.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
    await expect(pool.query('select * from nowhere')).rejects.toMatchObject({ code: '42P01' });
    await expect(pool.query('select pg_terminate_backend(pg_backend_pid())')).rejects.toMatchObject({ code: '57P01' });
    breaker.trip();
    await expect(pool.query('select 1')).rejects.toMatchObject({ code: 'EOPENBREAKER' });
    expect(outcomes).toEqual(['success', 'success 42P01', 'failure 57P01']);
    expect(permits).toMatchObject({ issued: 3, inFlight: 0, settledTwice: 0 });
  });

  it('keeps a transaction on one connection', async () => {
    const client = await pool.connect();
    const pids = [];
    for (const text of ['begin', 'select pg_backend_pid() as pid', 'select pg_backend_pid() as pid', 'commit']) {
      const [row] = (await client.query(text)).rows;
      if (row) pids.push(row.pid);
    }
    client.release();
    expect(pids[0]).toBe(pids[1]);
    expect(circuit.outcomes).toEqual(['success']);
  });
});
