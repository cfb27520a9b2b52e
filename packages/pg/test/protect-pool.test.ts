import { EventEmitter, once } from 'node:events';
import { isCircuitOpen } from '@switchgear/core';
import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { protectPool } from '../src/index.ts';
import { benchCircuit } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';

/** A pool that is protected and one that is not, to compare. */
function twins(config: pg.PoolConfig = {}) {
  const circuit = benchCircuit();
  const pool = benchPool(config);
  protectPool(pool, { breaker: circuit.breaker });
  return { pool, bare: benchPool(config), ...circuit };
}

/** Resolves with the arguments of the one call that the callback gets. */
function called(give: (callback: (...args: unknown[]) => void) => unknown): Promise<unknown[]> {
  return new Promise((resolve) => give((...args) => resolve(args)));
}

describe('a protected pool that is closed', () => {
  it('shows nothing of its protection', async () => {
    const { pool, bare } = twins();
    expect(Object.keys(pool)).toEqual(Object.keys(bare));
    expect(pool).toBeInstanceOf(pg.Pool);
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
    ['an error', (pool) => pool.query('select')],
    ['text, callback', (pool) => called((callback) => pool.query('select 1 as n', callback))],
    ['text, values, callback', (pool) => called((callback) => pool.query('select $1::int as n', [1], callback))],
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
  ])('leads the stack of a failed %s to the caller', async (_call, make) => {
    const { pool, bare } = twins();
    const stacks = [];
    for (const each of [pool, bare]) stacks.push(await stackOf(make(each)));
    expect(stacks[0]).toBe(stacks[1]);
    expect(stacks[0]).toContain('protect-pool.test.ts');
  });

  it('leads the stack of a failed checkout to the caller', async () => {
    const { pool, bare } = twins({ connectionString: 'postgres://127.0.0.1:1/none' });
    const stacks = [];
    for (const each of [pool, bare]) stacks.push(await stackOf((async () => await each.connect())()));
    expect(stacks[0]).toBe(stacks[1]);
    expect(stacks[0]).toContain('protect-pool.test.ts');
  });

  it('lets a checked-out client be dressed up and undressed again, as the manual of pg does', async () => {
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

  it('rejects with the error of the breaker itself, and touches no connection', async () => {
    const { pool } = refusing();
    const error = await pool.connect().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'CircuitOpenError', code: 'EOPENBREAKER', breaker: 'database' });
    await expect(pool.query('select 1')).rejects.toMatchObject({ name: 'CircuitOpenError', code: 'EOPENBREAKER' });
    expect(pool.totalCount).toBe(0);
  });

  it('calls back later, once, with the error, no client and a function that does nothing', async () => {
    const { pool } = refusing();
    const callback = vi.fn();
    expect(pool.connect(callback)).toBeUndefined();
    expect(callback).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(callback).toHaveBeenCalledOnce());
    const [error, client, done] = callback.mock.calls[0]!;
    expect([isCircuitOpen(error), client, done()]).toEqual([true, undefined, undefined]);
  });

  it('calls the callback of a query back later, once, with the error alone', async () => {
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

describe('protectPool', () => {
  it('ejects', async () => {
    const { breaker, permits } = benchCircuit();
    const pool = benchPool();
    const protection = protectPool(pool, { breaker });
    const client = await pool.connect();
    protection.eject();
    protection.eject();
    expect(Object.hasOwn(pool, 'connect') || Object.hasOwn(pool, 'query')).toBe(false);
    await client.query('select 1');
    client.release();
    breaker.trip();
    await pool.query('select 1');
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
  });

  it('steps aside when it is ejected from below somebody else', async () => {
    const { breaker, permits } = benchCircuit();
    const pool = benchPool();
    const protection = protectPool(pool, { breaker });
    const spy = vi.spyOn(pool, 'connect');
    protection.eject();
    await pool.query('select 1');
    expect(spy).toHaveBeenCalledOnce();
    expect(permits.issued).toBe(0);
  });

  it('gives back a method that was the pool’s own', () => {
    const pool = benchPool();
    const own = pool.connect.bind(pool);
    Object.assign(pool, { connect: own });
    protectPool(pool, { breaker: benchCircuit().breaker }).eject();
    expect(pool.connect).toBe(own);
  });

  it('refuses a pool that is protected already, until that is ejected', () => {
    const pool = benchPool();
    const { breaker } = benchCircuit();
    const protection = protectPool(pool, { breaker });
    expect(() => protectPool(pool, { breaker })).toThrow('this pool is protected already');
    protection.eject();
    protectPool(pool, { breaker });
  });

  it('asks a function for the breaker at each checkout; none is no protection', async () => {
    const { breaker, permits } = benchCircuit();
    const pool = benchPool();
    const choose = vi.fn().mockReturnValueOnce(breaker).mockReturnValue(undefined);
    protectPool(pool, { breaker: choose });
    await pool.query('select 1');
    await pool.query('select 1');
    expect([choose.mock.calls, permits.issued]).toEqual([[[], []], 1]);
  });

  it('hands on the error of a function that cannot choose', async () => {
    const pool = benchPool();
    const error = new Error('no such tenant');
    const choose = () => {
      throw error;
    };
    protectPool(pool, { breaker: choose });
    await expect(pool.connect()).rejects.toBe(error);
  });

  it.each<[problem: string, pool: unknown, options: unknown, message: string]>([
    ['no pool', {}, benchless(), 'something to connect'],
    ['no options', new pg.Pool(), undefined, 'breaker must be'],
    ['no breaker', new pg.Pool(), { breaker: {} }, 'breaker must be'],
    ['no such option', new pg.Pool(), { ...benchless(), classifier: 1 }, "no option 'classifier'"],
    ['no classifier', new pg.Pool(), { ...benchless(), classify: 'strict' }, 'classify must be a function'],
    ['no role', new pg.Pool(), { ...benchless(), role: 'master' }, "role must be 'primary' or 'replica', not master"],
  ])('refuses what cannot be meant: %s', (_problem, pool, options, message) => {
    expect(() => protectPool(pool as pg.Pool, options as never)).toThrow(message);
    expect(() => protectPool(pool as pg.Pool, options as never)).toThrow(TypeError);
  });

  it('takes a client that has only what a pool needs', async () => {
    const { breaker, outcomes } = benchCircuit();
    const pool = new pg.Pool({ Client: BareClient as never });
    protectPool(pool, { breaker });
    (await pool.connect()).release();
    await called((done) => pool.connect((...answer) => done(answer[2]())));
    await pool.end();
    expect(outcomes).toEqual(['ignored', 'ignored']);
  });

  it('ends a lease whose client the pool has taken back by itself', async () => {
    const { breaker, outcomes, permits } = benchCircuit();
    const pool = benchPool();
    const client = await pool.connect();
    const poolLike = { connect: async () => client };
    protectPool(poolLike, { breaker });
    await poolLike.connect();
    await poolLike.connect();
    await client.query('select 1');
    client.release();
    expect([outcomes, permits.inFlight]).toEqual([['ignored', 'success'], 0]);
  });

  it('settles once though a callback that is called at once throws', async () => {
    const { breaker, permits } = benchCircuit();
    const pool = benchPool();
    await pool.end();
    protectPool(pool, { breaker });
    const error = new Error('a bug');
    const callback = () => {
      throw error;
    };
    expect(() => pool.connect(callback)).toThrow(error);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
  });

  it('accepts a pool that is configured with a bad address, and does not keep its permit', async () => {
    const { breaker, permits } = benchCircuit();
    const pool = benchPool();
    class Broken extends pg.Client {
      constructor() {
        super();
        throw new TypeError('a bad address');
      }
    }
    Object.assign(pool, { Client: Broken });
    protectPool(pool, { breaker });
    expect(() => pool.connect()).toThrow('a bad address');
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
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

/** A client with nothing but what a pool asks of it. */
class BareClient extends EventEmitter {
  readonly _queryable = true;
  readonly connect = (callback: (error: null) => void) => process.nextTick(callback, null);
  readonly end = (callback?: () => void) => callback && process.nextTick(callback);
}

/** A breaker to be refused for other reasons. */
function benchless() {
  return { breaker: () => undefined };
}
