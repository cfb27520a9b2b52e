import { setTimeout as delay } from 'node:timers/promises';
import { startPostgres } from '@switchgear/testkit/postgres';
import { Pool } from 'pg';
import { expect, it } from 'vitest';
import { createOutbox } from '../src/index.ts';

/** How the 300 end: 30 fail, one takes two seconds, one never ends, the others are delivered at once. */
function kindOf(index: number): 'fails' | 'hangs' | 'slow' | 'good' {
  if (index % 10 === 5) return 'fails';
  if (index === 0) return 'hangs';
  return index === 1 ? 'slow' : 'good';
}

it('delivers the 268 good ones of 300 without waiting for those that fail, hang or take long', async () => {
  const postgres = await startPostgres();
  const pool = new Pool({ connectionString: postgres.url });
  pool.on('error', () => undefined);
  try {
    const done: string[] = [];
    let began = 0;
    let last = 0;
    const outbox = createOutbox<{ index: number }>(pool, {
      queue: 'mixed',
      deliver: async ({ payload: { index } }) => {
        const kind = kindOf(index);
        if (kind === 'fails') throw new Error('its own fault');
        if (kind === 'hangs') await new Promise(() => undefined);
        if (kind === 'slow') await delay(2_000);
        await delay(5);
        if (kind === 'good') last = performance.now();
        done.push(kind);
      },
    });
    await outbox.createTable();
    for (let index = 0; index < 300; index++) await outbox.add({ index });
    const stop = new AbortController();
    began = performance.now();
    const drained = outbox.drain(stop.signal);
    await expect.poll(() => done.filter((kind) => kind === 'good').length, { interval: 5 }).toBe(268);
    console.log(`268 good ones of 300 delivered ${Math.round(last - began)} ms after draining began`);
    expect(await outbox.counts()).toMatchObject({ setAside: 0 });
    await expect.poll(() => done.includes('slow')).toBe(true);
    const stopped = performance.now();
    stop.abort();
    await drained;
    console.log(`stopped in ${Math.round(performance.now() - stopped)} ms with one delivery that never ends`);
  } finally {
    await pool.end();
    await postgres.stop();
  }
});
