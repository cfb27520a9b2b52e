import { setTimeout as delay } from 'node:timers/promises';
import { faultProxy } from '@switchgear/testkit';
import { startPostgres } from '@switchgear/testkit/postgres';
import { Pool } from 'pg';
import { expect, it } from 'vitest';
import { createOutbox } from '../src/index.ts';

/** An outbox that drains through a proxy and looks by itself once in ten minutes, and a sender that goes past the proxy. */
async function openListening() {
  const postgres = await startPostgres();
  const proxy = await faultProxy({ port: postgres.port });
  const pool = new Pool({ connectionString: `postgres://postgres@127.0.0.1:${proxy.port}/postgres` });
  const direct = new Pool({ connectionString: postgres.url });
  for (const each of [pool, direct]) each.on('error', () => undefined);
  const delivered: string[] = [];
  const errors: unknown[] = [];
  const deliver = async ({ key }: { key: string }): Promise<void> => void delivered.push(key);
  const outbox = createOutbox<string>(pool, {
    queue: 'q',
    deliver,
    poll: 600_000,
    onError: (error) => errors.push(error),
  });
  const sender = createOutbox<string>(direct, { queue: 'q', deliver });
  await outbox.createTable();
  const stop = new AbortController();
  const drained = outbox.drain(stop.signal);
  const listening = async (): Promise<number | null> =>
    (await direct.query(`select from pg_stat_activity where query like 'listen %' and state = 'idle'`)).rowCount;
  await expect.poll(listening).toBe(1);
  return {
    proxy,
    sender,
    delivered,
    errors,
    close: async () => {
      stop.abort();
      await drained;
      await Promise.all([pool.end(), direct.end()]);
      await proxy.close();
      await postgres.stop();
    },
  };
}

it('new messages are announced again after the listening connection was cut silently', async () => {
  const { proxy, sender, delivered, errors, close } = await openListening();
  await proxy.become('black-hole');
  await sender.add('', { key: 'A-1' });
  // The connection says nothing of it. By now a heartbeat has not been answered.
  await delay(11_000);
  expect(errors.map(String)).toContainEqual(expect.stringContaining('TimeoutError'));
  await proxy.become('pass');
  await expect.poll(() => delivered).toEqual(['A-1']);
  await close();
});
