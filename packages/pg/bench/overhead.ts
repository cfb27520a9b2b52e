/**
 * What protection costs a call, as a ratio to the same call on a bare pool: queries of a real server on this machine,
 * the cheapest there are, so that the ratio is the largest there is. Batches of both kinds take turns, because a machine
 * is not as fast now as it was a second ago. CPU time of this process is reported beside elapsed time, because other work on the
 * machine hardly affects it.
 */
import { startPostgres } from '@switchgear/testkit/postgres';
import pg from 'pg';
import { createBreaker, protectPool } from '../src/index.ts';

const ROUNDS = 60;
const CALLS = 200;

/** Each is made `CALLS` times in a batch, one after the other. */
const calls: Readonly<Record<string, (pool: pg.Pool) => Promise<unknown>>> = {
  'pool.query': (pool) => pool.query('select 1'),
  'connect, query, release': async (pool) => {
    const client = await pool.connect();
    await client.query('select 1');
    client.release();
  },
  'a transaction of three queries': async (pool) => {
    const client = await pool.connect();
    for (const text of ['begin', 'select 1', 'commit']) await client.query(text);
    client.release();
  },
};

const postgres = await startPostgres();
const make = () => new pg.Pool({ connectionString: postgres.url, max: 1, idleTimeoutMillis: 0 });
const bare = make();
const ours = make();
protectPool(ours, { breaker: createBreaker({ name: 'database' }) });

console.log(`${ROUNDS} rounds of ${CALLS} calls; of ratios the median, and the middle half in parentheses`);
for (const [name, call] of Object.entries(calls)) {
  for (let warming = 0; warming < 5; warming += 1) for (const pool of [bare, ours]) await batch(pool, call);
  const rounds: { readonly bare: Cost; readonly ours: Cost }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Who goes first changes, too.
    const first = await batch(round % 2 === 0 ? bare : ours, call);
    const second = await batch(round % 2 === 0 ? ours : bare, call);
    rounds.push(round % 2 === 0 ? { bare: first, ours: second } : { bare: second, ours: first });
  }
  console.log(`\n${name}`);
  for (const kind of ['work', 'time'] as const) {
    const [without, withUs] = [rounds.map((each) => each.bare[kind]), rounds.map((each) => each.ours[kind])];
    const ratios = rounds.map((each) => each.ours[kind] / each.bare[kind]);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share).toFixed(3));
    const [from, to] = [without, withUs].map((all) => quantile(all, 0.5).toFixed(0));
    console.log(`  ${kind}: ${from} µs bare, ${to} µs protected, ratio ${middle} (${low} to ${high})`);
  }
}
await Promise.all([bare.end(), ours.end()]);
await postgres.stop();

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

/** What a call costs, in microseconds. */
interface Cost {
  readonly work: number;
  readonly time: number;
}

async function batch(pool: pg.Pool, call: (pool: pg.Pool) => Promise<unknown>): Promise<Cost> {
  const began = performance.now();
  const before = process.cpuUsage();
  for (let made = 0; made < CALLS; made += 1) await call(pool);
  const { user, system } = process.cpuUsage(before);
  return { work: (user + system) / CALLS, time: ((performance.now() - began) * 1_000) / CALLS };
}
