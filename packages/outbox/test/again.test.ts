import { Pool } from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { createOutbox } from '../src/index.ts';
import { drainUntil, type Opened, openOutbox } from './setup/open-outbox.ts';

/** Has the first two changes of a message fail that match, in a way that a rollback does not undo. */
async function failTwice({ pool, table }: Opened, when: string, how: string): Promise<void> {
  await pool.query(`
    create sequence ${table}_times owned by ${table}.key;
    create function ${table}_fail() returns trigger language plpgsql as $$ begin
      if nextval('${table}_times') <= 2 then ${how}; end if;
      return new;
    end $$;
    create trigger fail before update on ${table} for each row when (${when}) execute function ${table}_fail();
  `);
}

const FAILURES = [
  ['a serialization failure', "raise exception 'lost' using errcode = '40001'"],
  ['a deadlock', "raise exception 'lost' using errcode = '40P01'"],
  ['a lost connection', 'perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1)'],
] as const;

describe('an outcome that could not be written down is written down again after', () => {
  it.each(FAILURES)('%s: the message is delivered once', async (_what, how) => {
    const opened = await openOutbox();
    const { outbox, delivered, errors } = opened;
    await failTwice(opened, 'new.delivered_at is not null', how);
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 1);
    expect({ delivered, errors: errors.filter((error) => !isOfIdle(error)) }).toEqual({
      delivered: ['A-1'],
      errors: [],
    });
  });

  it.each(FAILURES)('%s, and what follows from it once', async (_what, how) => {
    const followed: string[] = [];
    const opened = await openOutbox({
      onDelivered: async ({ key, payload }, client) => {
        await opened.another({ queue: 'mails' }).add(payload, { key, client });
        followed.push(payload.order);
      },
    });
    const { pool, table, outbox, delivered } = opened;
    await failTwice(opened, 'new.delivered_at is not null', how);
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 1);
    const { rowCount } = await pool.query(`select from ${table} where queue = 'mails'`);
    expect({ delivered, followed, rowCount }).toEqual({ delivered: ['A-1'], followed: ['A-1'], rowCount: 1 });
  });

  it.each(FAILURES)('%s: a failed attempt is postponed, and a hopeless message set aside', async (_what, how) => {
    let times = 0;
    const opened = await openOutbox({
      deliver: () => Promise.reject(new Error(`failed ${++times}`)),
      attempts: 2,
      retryIn: () => 1,
    });
    await failTwice(opened, 'new.last_error is not null', how);
    await opened.outbox.add({ order: 'A-1' });
    await drainUntil(opened.outbox, async () => (await opened.outbox.counts()).setAside === 1);
    expect(times).toBe(2);
  });

  it('a serialization failure that onDelivered meets', async () => {
    let times = 0;
    const { outbox, delivered, errors } = await openOutbox({
      onDelivered: async (_message, client) => {
        if (++times > 2) return;
        await client.query("do $$ begin raise exception 'lost' using errcode = '40001'; end $$").catch((cause) => {
          throw new Error('order not updated', { cause });
        });
      },
    });
    await outbox.add({ order: 'A-1' });
    await drainUntil(outbox, async () => (await outbox.counts()).delivered === 1);
    expect({ times, delivered, errors }).toEqual({ times: 3, delivered: ['A-1'], errors: [] });
  });
});

describe('a claim', () => {
  it.each(FAILURES)('is made again after %s', async (_what, how) => {
    const opened = await openOutbox();
    await failTwice(opened, 'new.attempts > old.attempts', how);
    await opened.outbox.add({ order: 'A-1' });
    await drainUntil(opened.outbox, async () => (await opened.outbox.counts()).delivered === 1);
    expect(opened.delivered).toEqual(['A-1']);
  });
});

it.each(['serializable', 'repeatable read'])(
  'each message is delivered once where %s is the default',
  async (isolation) => {
    const config = { options: `-c default_transaction_isolation=${isolation.replace(' ', '\\ ')}` };
    const { outbox, table, delivered, another, errors } = await openOutbox({}, 10, config);
    const pools = [1, 2].map(() => new Pool({ connectionString: inject('url'), ...config }));
    const deliver = async ({ payload }: { payload: { order: string } }): Promise<void> =>
      void delivered.push(payload.order);
    const others = pools.map((pool) => createOutbox(pool, { queue: 'payments', table, deliver }));
    const orders = Array.from({ length: 60 }, (_, index) => `A-${index}`);
    await Promise.all(orders.map((order) => another().add({ order })));
    const done = async (): Promise<boolean> => (await outbox.counts()).delivered === orders.length;
    await Promise.all([outbox, ...others].map((each) => drainUntil(each, done)));
    expect([...delivered].sort()).toEqual([...orders].sort());
    expect(errors).toEqual([]);
    await Promise.all(pools.map((pool) => pool.end()));
  },
);

/** A terminated connection may be noticed when it is idle already. */
function isOfIdle(error: unknown): boolean {
  return /terminat/.test(String(error));
}
