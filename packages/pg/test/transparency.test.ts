import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import type pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { isCircuitOpen, protectPool } from '../src/index.ts';
import { benchCircuit } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';
import { called } from './setup/called.ts';
import { versions } from './setup/versions.ts';

describe.each(versions)('%s', (name, version) => {
  /** A pool that is protected and one that is not, to compare. */
  function twins(config: pg.PoolConfig = {}) {
    const circuit = benchCircuit();
    const pool = benchPool(config, version);
    protectPool(pool, { breaker: circuit.breaker });
    return { pool, bare: benchPool(config, version), ...circuit };
  }

  /** What stacks of errors hold: the oldest pg lost its callers itself. */
  const leading = name === 'pg' ? 'transparency.test.ts' : 'at ';

  describe('a protected pool that is closed', () => {
    it('looks like a bare pool', async () => {
      const { pool, bare } = twins();
      expect(Object.keys(pool)).toEqual(Object.keys(bare));
      expect(pool).toBeInstanceOf(version.Pool);
      for (const method of ['connect', 'query'] as const) {
        expect([pool[method].name, pool[method].length]).toEqual([bare[method].name, bare[method].length]);
      }
      const client = await pool.connect();
      const other = await bare.connect();
      expect(Object.keys(client)).toEqual(Object.keys(other));
      expect([client.query.name, client.query.length]).toEqual([other.query.name, other.query.length]);
      client.release();
      other.release();
      expect(Object.getOwnPropertyNames(client)).toEqual(Object.getOwnPropertyNames(other));
    });

    it.each<[form: string, query: (pool: pg.Pool) => unknown]>([
      ['text', (pool) => pool.query('select 1 as n')],
      ['text, values', (pool) => pool.query('select $1::int as n', [1])],
      ['config', (pool) => pool.query({ text: 'select $1::int as n', values: [1] })],
      ['config of rows as arrays', (pool) => pool.query({ text: 'select 1', rowMode: 'array' })],
      ['config, values', (pool) => pool.query({ text: 'select $1::int as n' }, [1])],
      ['a name', (pool) => pool.query({ name: 'one', text: 'select $1::int as n', values: [1] })],
      ['several statements', (pool) => pool.query('select 1 as n; select 2 as n')],
      ['nothing at all', (pool) => pool.query('')],
      ['values that are none', (pool) => pool.query('select 1', 'none' as never)],
      ['an error', (pool) => pool.query('select')],
      ['text, callback', (pool) => called((callback) => pool.query('select 1 as n', callback))],
      ['text, values, callback', (pool) => called((callback) => pool.query('select $1::int as n', [1], callback))],
      ['config, callback', (pool) => called((callback) => pool.query({ text: 'select 1 as n' }, callback as never))],
      [
        'config, values, callback',
        (pool) => called((callback) => pool.query({ text: 'select $1::int as n' } as never, [1], callback)),
      ],
      ['text, no values, callback', (pool) => called((callback) => pool.query('select 1', null as never, callback))],
      ['an error, callback', (pool) => called((callback) => pool.query('selec', callback))],
      ['a function', (pool) => called((callback) => pool.query(callback as unknown as string))],
    ])('answers pool.query(%s) as one that is not', async (_form, query) => {
      const { pool, bare, permits, outcomes } = twins();
      const [ours, theirs] = await Promise.allSettled([query(pool), query(bare)]);
      expect(ours).toEqual(theirs);
      expect(permits).toMatchObject({ inFlight: 0, settledTwice: 0 });
      expect(outcomes.length).toBe(permits.issued);
    });

    it.each<[form: string, query: (client: pg.PoolClient) => unknown]>([
      ['text', (client) => client.query('select 1 as n')],
      ['text, values', (client) => client.query('select $1::int as n', [1])],
      ['config', (client) => client.query({ text: 'select 1', rowMode: 'array' })],
      ['config, values', (client) => client.query({ text: 'select $1::int as n' }, [1])],
      ['several statements', (client) => client.query('select 1 as n; select 2 as n')],
      ['config, callback', (client) => called((callback) => client.query({ text: 'select 1' }, callback as never))],
      [
        'config, values, callback',
        (client) => called((callback) => client.query({ text: 'select $1::int' } as never, [1], callback)),
      ],
      [
        'text, no values, callback',
        (client) => called((callback) => client.query('select 1', null as never, callback)),
      ],
      ['an error', (client) => client.query('select * from nowhere')],
      ['text, callback', (client) => called((callback) => client.query('select 1 as n', callback))],
      ['text, values, callback', (client) => called((callback) => client.query('select $1::int', [1], callback))],
      [
        'a callback in the config',
        (client) => called((callback) => client.query({ text: 'select 1', callback } as never)),
      ],
      ['an error, callback', (client) => called((callback) => client.query('selec', callback))],
      ['nothing', async (client) => client.query(undefined as unknown as string)],
    ])('answers client.query(%s) as one that is not', async (_form, query) => {
      const { pool, bare, permits } = twins();
      const results = [];
      for (const each of [pool, bare]) {
        const client = await each.connect();
        results.push(...(await Promise.allSettled([query(client)])));
        client.release();
      }
      expect(results[0]).toEqual(results[1]);
      expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
    });

    it('ends as a bare pool does: after the last client is back, in both forms, and only once', async () => {
      const { pool, bare, permits } = twins();
      const endings = [];
      for (const each of [pool, bare]) {
        const client = await each.connect();
        const heard: string[] = [];
        const ended = each.end().then(() => heard.push('ended'));
        const again = await Promise.allSettled([each.end(), called((done) => each.end(done as never))]);
        const late = await Promise.allSettled([
          each.connect(),
          each.query('select 1'),
          called((done) => each.connect(done as never)),
          called((done) => each.query('select 1', done)),
        ]);
        heard.push('released');
        client.release();
        await ended;
        endings.push([heard, again, late, each.ended, each.totalCount]);
      }
      expect(endings[0]).toEqual(endings[1]);
      expect(permits).toMatchObject({ inFlight: 0, settledTwice: 0 });
    });

    // The network decides when an answer comes; this compares what happens in the same turn.
    it('calls back in the same turn as the events around it', async () => {
      const { pool, bare } = twins();
      const story = async (each: pg.Pool) => {
        const turns: string[][] = [];
        let turn: string[] | undefined;
        const hear = (what: string) => () => {
          if (!turn) {
            turn = [];
            turns.push(turn);
            process.nextTick(() => {
              turn = undefined;
            });
          }
          turn.push(what);
        };
        for (const event of ['acquire', 'release'] as const) each.on(event, hear(event));
        const [, client, done] = (await called((callback) => {
          each.connect(((...answer: unknown[]) => {
            hear('connected')();
            callback(...answer);
          }) as never);
        })) as [unknown, pg.PoolClient, () => void];
        client.once('drain', hear('drained'));
        await called((callback) =>
          client.query('select 1', () => {
            hear('answered')();
            setImmediate(callback);
          }),
        );
        done();
        await called((callback) => each.query('select 1', () => [hear('answered')(), setImmediate(callback)]));
        return turns;
      };
      expect(await story(pool)).toEqual(await story(bare));
    });

    it('calls back with the same `this`, in the same asynchronous context', async () => {
      const { pool, bare } = twins();
      const storage = new AsyncLocalStorage<string>();
      const seen = (each: pg.Pool) =>
        storage.run('the caller', async () => {
          const all: unknown[] = [];
          const client = await new Promise<pg.PoolClient>((resolve) =>
            each.connect(function (this: unknown, _error, granted) {
              all.push(this === undefined, storage.getStore());
              resolve(granted as pg.PoolClient);
            }),
          );
          for (const asks of [client, each]) {
            await new Promise<void>((resolve) =>
              asks.query('select 1', function (this: unknown) {
                all.push(Object(this).constructor.name, storage.getStore());
                resolve();
              }),
            );
          }
          client.release();
          return all;
        });
      expect(await seen(pool)).toEqual(await seen(bare));
    });

    it("does not write to a caller's configuration", async () => {
      const { pool } = twins();
      const callback = vi.fn();
      const config = Object.freeze({ text: 'select 1', callback });
      const client = await pool.connect();
      client.query(config as never);
      await vi.waitFor(() => expect(callback).toHaveBeenCalledOnce());
      client.release();
    });

    it('hands a client and the same two releases to a callback', async () => {
      const { pool, outcomes } = twins();
      const [error, client, done] = (await called((callback) => pool.connect(callback as never))) as [
        unknown,
        pg.PoolClient,
        () => void,
      ];
      expect(error).toBeUndefined();
      expect(done).toBe(client.release);
      await client.query('select 1');
      done();
      expect(() => done()).toThrow('already been released');
      expect(() => client.release()).toThrow('already been released');
      expect(outcomes).toEqual(['success']);
    });

    it('keeps its counts and its events', async () => {
      const { pool, bare } = twins();
      const [ours, theirs] = [pool, bare].map((each) => {
        const heard: unknown[] = [];
        for (const event of ['connect', 'acquire', 'release', 'remove'] as const) {
          each.on(event, () => heard.push([event, each.totalCount, each.idleCount, each.waitingCount]));
        }
        return heard;
      });
      for (const each of [pool, bare]) {
        await each.query('select 1');
        const removed = once(each, 'remove');
        await each.query('selec').catch(() => undefined);
        await removed;
        await each.query('select 1');
        const ended = once(each, 'remove');
        await each.end();
        await ended;
      }
      expect(ours).toEqual(theirs);
      expect(pool.listenerCount('error')).toBe(bare.listenerCount('error'));
    });

    it.each<[call: string, make: (pool: pg.Pool) => Promise<unknown>]>([
      ['pool.query', async (pool) => await pool.query('select * from nowhere')],
      ['client.query', queryOfClient],
    ])('leads the stack of a failed %s where it led', async (_call, make) => {
      const { pool, bare } = twins();
      const stacks = [];
      for (const each of [pool, bare]) stacks.push(await stackOf(make(each)));
      expect(stacks[0]).toBe(stacks[1]);
      expect(stacks[0]).toContain(leading);
    });

    it('keeps the stack of a failed checkout', async () => {
      const { pool, bare } = twins({ connectionString: 'postgres://127.0.0.1:1/none' });
      const stacks = [];
      for (const each of [pool, bare]) stacks.push(await stackOf((async () => await each.connect())()));
      expect(stacks[0]).toBe(stacks[1]);
      expect(stacks[0]).toContain(leading);
    });

    it('lets a checked-out client be patched and restored, as the manual of pg does', async () => {
      const { pool, outcomes } = twins({ max: 1 });
      for (let round = 0; round < 3; round += 1) {
        const client = await pool.connect();
        const { query, release } = client;
        const seen: unknown[] = [];
        Object.assign(client, {
          query: (...args: unknown[]) => {
            seen.push(args);
            return (query as (...all: unknown[]) => unknown).apply(client, args);
          },
          release: () => {
            Object.assign(client, { query, release });
            release.call(client);
          },
        });
        await client.query('select 1');
        client.release();
        expect(seen).toEqual([['select 1']]);
        expect(Object.hasOwn(client, 'query')).toBe(false);
      }
      expect(outcomes).toEqual(['success', 'success', 'success']);
    });
  });

  describe('a protected pool that is open', () => {
    function refusing(config: pg.PoolConfig = {}) {
      const all = twins(config);
      all.breaker.trip();
      return all;
    }

    it('rejects with the breaker’s own error, and uses no connection', async () => {
      const { pool } = refusing();
      const error = await pool.connect().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'CircuitOpenError', code: 'EOPENBREAKER', breaker: 'database' });
      await expect(pool.query('select 1')).rejects.toMatchObject({ name: 'CircuitOpenError', code: 'EOPENBREAKER' });
      expect(pool.totalCount).toBe(0);
    });

    it('calls back asynchronously, once, with the error, no client and a function that does nothing', async () => {
      const { pool } = refusing();
      const callback = vi.fn();
      expect(pool.connect(callback)).toBeUndefined();
      expect(callback).not.toHaveBeenCalled();
      await vi.waitFor(() => expect(callback).toHaveBeenCalledOnce());
      const [error, client, done] = callback.mock.calls[0]!;
      expect([isCircuitOpen(error), client, done()]).toEqual([true, undefined, undefined]);
    });

    it('calls the callback of a query asynchronously, once, with only the error', async () => {
      const { pool } = refusing();
      const callback = vi.fn();
      expect(pool.query('select 1', callback)).toBeUndefined();
      expect(callback).not.toHaveBeenCalled();
      await vi.waitFor(() => expect(callback).toHaveBeenCalledOnce());
      expect(callback.mock.calls[0]).toEqual([expect.objectContaining({ code: 'EOPENBREAKER' })]);
    });

    it('rejects with the promise that the pool was configured with', () => {
      class OwnPromise<T> extends Promise<T> {}
      const { pool } = refusing({ Promise: OwnPromise });
      const refused = pool.connect();
      expect(refused).toBeInstanceOf(OwnPromise);
      refused.catch(() => undefined);
    });

    it('refuses no query on a client that is checked out', async () => {
      const { pool, breaker } = twins();
      const client = await pool.connect();
      await client.query('begin');
      breaker.trip();
      await client.query('select 1');
      await client.query('rollback');
      client.release();
      expect(pool.idleCount).toBe(1);
    });
  });
});

async function queryOfClient(pool: pg.Pool): Promise<unknown> {
  const client = await pool.connect();
  try {
    return await client.query('select * from nowhere');
  } finally {
    client.release();
  }
}

/** The stack of the error that a call ends in. */
function stackOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: Error) => error.stack,
  );
}
