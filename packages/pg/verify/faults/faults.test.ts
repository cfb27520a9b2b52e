import { setTimeout as pause } from 'node:timers/promises';
import { anyOf, consecutiveFailures, exponential, failureRate } from '@switchgear/core';
import { countPermits } from '@switchgear/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBreaker, protectPool } from '../../src/index.ts';
import { type Callers, startCallers } from './callers.ts';
import { startFragile } from './crash.ts';
import { type Environment, startEnvironment } from './environment.ts';
import { type Fault, faults } from './faults.ts';
import { printTable, type Row } from './table.ts';

/** How long a call may take: a second for a client and one for each of a transaction's queries, and some for the machine. */
const LONGEST = 6_000;

/** How long the database is well before, and how long it is away, in milliseconds. */
const WELL = 500;
const AWAY = 3_000;

const rows: Row[] = [];
let environment: Environment;

beforeAll(async () => {
  environment = await startEnvironment();
});
afterAll(async () => {
  printTable(rows);
  await environment.stop();
});

/** A protected pool, and the instants at which its circuit moved. */
function protectedPool(connectionString: string, config: pg.PoolConfig = {}) {
  const pool = new pg.Pool({
    connectionString,
    max: 4,
    connectionTimeoutMillis: 1_000,
    query_timeout: 1_000,
    ...config,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  onTestFinished(() => pool.end());
  const permits = countPermits(
    createBreaker({
      name: 'database',
      // A database that hangs fails few calls a second: beside the successes of the past their rate rises too slowly.
      openWhen: anyOf(failureRate(0.5, { minimumCalls: 10 }), consecutiveFailures(4)),
      openFor: exponential(200, { max: 500 }),
    }),
  );
  const moves: { to: string; at: number }[] = [];
  permits.breaker.subscribe(({ type, to }) => {
    if (type === 'move') moves.push({ to: String(to), at: performance.now() });
  });
  protectPool(pool, { breaker: permits.breaker });
  return { pool, permits, moves };
}

/** The whole story of one fault. */
async function story(fault: Fault, url: string): Promise<Row> {
  const { pool, permits, moves } = protectedPool(url, fault.config);
  const [bare, ours] = await Promise.all([startFragile(url, 'bare'), startFragile(url, 'protected')]);
  const callers = startCallers(pool);
  await pause(WELL);
  expect(permits.breaker.state).toBe('closed');
  const struck = performance.now();
  const mend = await fault.strike(environment, pool);
  await pause(AWAY);
  const [alone, together] = await Promise.all([bare.ending(), ours.ending()]);
  const mending = performance.now();
  await mend();
  const mended = performance.now();
  await recovered(callers, permits.breaker);
  await callers.stop();
  await vi.waitFor(() => expect([pool.waitingCount, pool.totalCount - pool.idleCount]).toEqual([0, 0]));
  expect(permits).toMatchObject({ inFlight: 0, settledTwice: 0 });
  const closed = moves.filter(({ to }) => to === 'closed').at(-1);
  const during = callers.calls.filter(({ began, took }) => began + took > struck && began < mending);
  return {
    fault: fault.name,
    saw: [...new Set(during.map(({ ending }) => ending))].filter((ending) => ending !== 'success').sort(),
    refused: during.filter(({ ending }) => ending === 'refused').length,
    asked: during.length,
    opened: (moves.find(({ to, at }) => to === 'open' && at > struck)?.at ?? Number.NaN) - struck,
    closed: (closed?.at ?? Number.NaN) - mended,
    slowest: Math.max(...callers.calls.map(({ took }) => took)),
    alone,
    together,
  };
}

/** Waits until the circuit is closed and a call succeeds. */
async function recovered({ calls }: Callers, breaker: { readonly state: string }): Promise<void> {
  const before = calls.length;
  await vi.waitFor(
    () => {
      expect(breaker.state).toBe('closed');
      expect(calls.slice(before).some(({ ending }) => ending === 'success')).toBe(true);
    },
    { timeout: 20_000, interval: 5 },
  );
}

describe.each(faults)('a database that is $name', (fault) => {
  it('is not called while it is away, no caller hangs, no client leaks, and processes crash as before', async (context) => {
    const url = fault.url(environment);
    if (url === undefined) return context.skip();
    const row = await story(fault, url);
    rows.push(row);
    for (const words of row.saw.filter((each) => each !== 'refused')) expect(words).toMatch(fault.words);
    if (fault.opens) {
      expect(row.opened).toBeLessThan(AWAY);
      expect(row.refused).toBeGreaterThan(row.asked / 2);
    } else {
      expect([row.opened, row.refused]).toEqual([Number.NaN, 0]);
    }
    expect(row.slowest).toBeLessThan(LONGEST);
    expect(row.together).toBe(row.alone);
  });
});
