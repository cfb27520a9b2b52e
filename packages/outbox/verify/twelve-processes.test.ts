import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@switchgear/testkit/postgres';
import { Pool } from 'pg';
import { expect, it } from 'vitest';
import { createOutbox } from '../src/index.ts';

const PROCESSES = 12;
const MESSAGES = 600;

it('twelve processes with pools of two make the table and deliver all, each message once', async () => {
  const postgres = await startPostgres();
  const program = fileURLToPath(new URL('./processes/drains.ts', import.meta.url));
  const execArgv = ['--conditions=@switchgear/source'];
  const children = Array.from({ length: PROCESSES }, () => fork(program, [postgres.url], { execArgv }));
  const ends = children.map((child) => once(child, 'exit'));
  const pool = new Pool({ connectionString: postgres.url });
  pool.on('error', () => undefined);
  try {
    await Promise.all(children.map((child) => once(child, 'message')));
    const outbox = createOutbox<number>(pool, { queue: 'twelve', deliver: async () => undefined });
    const began = performance.now();
    for (let index = 0; index < MESSAGES; index++) await outbox.add(index);
    await expect.poll(async () => (await outbox.counts()).delivered).toBe(MESSAGES);
    console.log(`${MESSAGES} messages delivered ${Math.round(performance.now() - began)} ms after the first was added`);
    for (const child of children) child.send('stop');
    expect((await Promise.all(ends)).map(([code]) => code)).toEqual(new Array(PROCESSES).fill(0));
    const { rows } = await pool.query(
      'select count(*)::int as times, count(distinct key)::int as keys from deliveries',
    );
    expect(rows).toEqual([{ times: MESSAGES, keys: MESSAGES }]);
  } finally {
    for (const child of children) child.kill();
    await pool.end();
    await postgres.stop();
  }
});
