import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { drainUntil, openOutbox } from './setup/open-outbox.ts';

const tenant = new AsyncLocalStorage<string>();

describe('a handler runs in the AsyncLocalStorage context', () => {
  it('of the call to drain, whatever context its message was added in', async () => {
    const seen: unknown[] = [];
    const { outbox, another } = await openOutbox({ deliver: async () => void seen.push(tenant.getStore()) });
    await tenant.run('sender 1', () => another().add({ order: 'A-1' }));
    await tenant.run('sender 2', () => another().add({ order: 'A-2' }));
    await tenant.run('drain', () => drainUntil(outbox, () => seen.length === 2));
    await tenant.run('later', () => another().add({ order: 'A-3' }));
    expect(seen).toEqual(['drain', 'drain']);
  });

  it.each([1, 16])(
    'of the call to drain, whatever context another handler has entered: %i at a time',
    async (concurrent) => {
      const seen: unknown[] = [];
      const { outbox } = await openOutbox({
        concurrent,
        retryIn: () => 1,
        deliver: async ({ payload, attempt }) => {
          seen.push(tenant.getStore());
          tenant.enterWith(payload.order);
          await undefined;
          seen.push(tenant.getStore() === payload.order ? 'own' : tenant.getStore());
          if (attempt === 1) throw new Error('failed');
        },
        isPoison: () => {
          tenant.enterWith('isPoison');
          return false;
        },
      });
      for (let index = 0; index < 10; index++) await outbox.add({ order: `A-${index}` });
      await tenant.run('drain', () => drainUntil(outbox, async () => (await outbox.counts()).delivered === 10));
      expect([...seen].sort()).toEqual([...new Array(20).fill('drain'), ...new Array(20).fill('own')]);
    },
  );

  it('of the call to drain, whatever context a hook has entered between two looks', async () => {
    const seen: unknown[] = [];
    const { pool, table, outbox } = await openOutbox({
      deliver: async () => void seen.push(tenant.getStore()),
      poll: 20,
      onError: () => tenant.enterWith('onError'),
    });
    await pool.query(`alter table ${table} rename to ${table}_away`);
    const stop = new AbortController();
    const drained = tenant.run('drain', () => outbox.drain(stop.signal));
    await pool.query(`select pg_sleep(0.1)`);
    await pool.query(`alter table ${table}_away rename to ${table}`);
    await tenant.run('sender', () => outbox.add({ order: 'A-1' }));
    await expect.poll(() => seen).toEqual(['drain']);
    stop.abort();
    await drained;
  });

  it('of its own drain, of several on one pool that share what they listen with', async () => {
    const seen: string[] = [];
    const { another, outbox } = await openOutbox({ poll: 600_000 });
    const stop = new AbortController();
    const queues = ['one', 'two', 'three'];
    const drained = queues.map((queue) => {
      const deliver = async (): Promise<void> => void seen.push(`${queue} in ${tenant.getStore()}`);
      return tenant.run(queue, () => another({ queue, deliver }).drain(stop.signal));
    });
    for (const queue of queues) await tenant.run('sender', () => another({ queue }).add({ order: 'A-1' }));
    await expect.poll(() => [...seen].sort()).toEqual(['one in one', 'three in three', 'two in two']);
    stop.abort();
    await Promise.all(drained);
    expect((await outbox.counts()).delivered).toBe(0);
  });

  it('of the call to attempt, and so do the hooks', async () => {
    const seen: unknown[] = [];
    const see = (): void => void seen.push(tenant.getStore());
    const { outbox } = await openOutbox({
      deliver: async ({ payload }) => {
        see();
        if (payload.order === 'bad') throw new Error('failed');
      },
      onDelivered: async () => see(),
      isPoison: () => {
        see();
        return false;
      },
      retryIn: () => {
        see();
        return 1;
      },
    });
    const good = await outbox.add({ order: 'good' }, { claim: true });
    const bad = await outbox.add({ order: 'bad' }, { claim: true });
    await tenant.run('caller', () => outbox.attempt(good!));
    await tenant.run('caller', () => outbox.attempt(bad!));
    expect(seen).toEqual(new Array(5).fill('caller'));
  });
});
