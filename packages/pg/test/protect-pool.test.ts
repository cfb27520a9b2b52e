import { EventEmitter } from 'node:events';
import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { protectPool } from '../src/index.ts';
import { benchCircuit } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';
import { called } from './setup/called.ts';

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

  it('lets everything through when it is ejected below the wrapper of other code', async () => {
    const { breaker, permits } = benchCircuit();
    const pool = benchPool();
    const protection = protectPool(pool, { breaker });
    const spy = vi.spyOn(pool, 'connect');
    protection.eject();
    await pool.query('select 1');
    expect(spy).toHaveBeenCalledOnce();
    expect(permits.issued).toBe(0);
  });

  it('restores a method that was the pool’s own', () => {
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

  it('calls the breaker function at each checkout; undefined means no protection', async () => {
    const { breaker, permits } = benchCircuit();
    const pool = benchPool();
    const choose = vi.fn().mockReturnValueOnce(breaker).mockReturnValue(undefined);
    protectPool(pool, { breaker: choose });
    await pool.query('select 1');
    await pool.query('select 1');
    expect([choose.mock.calls, permits.issued]).toEqual([[[], []], 1]);
  });

  it.each<[what: string, choose: () => unknown]>([
    ['a promise', async () => benchCircuit().breaker],
    ['a promise that rejects', () => Promise.reject(new Error('too late'))],
    ['its name', () => 'database'],
    ['a field that throws', throwing],
  ])('rejects if the function returns something other than a breaker: %s', async (_what, choose) => {
    const pool = benchPool();
    protectPool(pool, { breaker: choose as never });
    await expect(pool.query('select 1')).rejects.toThrow('what breaker picks must be a breaker or undefined, at once');
    const [error] = await called((done) => pool.query('select 1', done));
    expect(error).toBeInstanceOf(TypeError);
  });

  it('hands out a client that cannot be observed unchanged, and gives its permit back', async () => {
    const { breaker, permits, errors } = benchCircuit();
    const client = Object.freeze({ query: async () => 'rows', release: () => undefined });
    const pool = { connect: async () => client };
    protectPool(pool, { breaker });
    expect(await pool.connect()).toBe(client);
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
    expect(errors).toEqual([expect.any(TypeError)]);
  });

  it('rejects with the error of a function that throws', async () => {
    const pool = benchPool();
    const error = new Error('no such tenant');
    const choose = () => {
      throw error;
    };
    protectPool(pool, { breaker: choose });
    await expect(pool.connect()).rejects.toBe(error);
  });

  it.each<[problem: string, pool: unknown, options: unknown, message: string]>([
    ['no pool', {}, benchless(), 'protectPool needs a pool with a connect method'],
    ['no options', new pg.Pool(), undefined, 'breaker must be'],
    ['no breaker', new pg.Pool(), { breaker: {} }, 'breaker must be'],
    ['no such option', new pg.Pool(), { ...benchless(), classifier: 1 }, "no option 'classifier'"],
    ['no classifier', new pg.Pool(), { ...benchless(), classify: 'strict' }, 'classify must be a function'],
    ['replace is not a boolean', new pg.Pool(), { ...benchless(), replace: 1 }, 'replace must be true or false'],
    ['no role', new pg.Pool(), { ...benchless(), role: 'master' }, "role must be 'primary' or 'replica', not master"],
  ])('refuses invalid arguments: %s', (_problem, pool, options, message) => {
    expect(() => protectPool(pool as pg.Pool, options as never)).toThrow(message);
    expect(() => protectPool(pool as pg.Pool, options as never)).toThrow(TypeError);
  });

  it('takes a client with only the required methods', async () => {
    const { breaker, outcomes } = benchCircuit();
    const pool = new pg.Pool({ Client: BareClient as never });
    protectPool(pool, { breaker });
    (await pool.connect()).release();
    await called((done) => pool.connect((...answer) => done(answer[2]())));
    await pool.end();
    expect(outcomes).toEqual(['ignored', 'ignored']);
  });

  it('ends a lease whose client the pool has taken back without a release', async () => {
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

  it('settles once even if a synchronous callback throws', async () => {
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

  it('accepts a pool with a malformed address, and does not keep its permit', async () => {
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

/** A client with nothing but what a pool asks of it. */
class BareClient extends EventEmitter {
  readonly _queryable = true;
  readonly connect = (callback: (error: null) => void) => process.nextTick(callback, null);
  readonly end = (callback?: () => void) => callback && process.nextTick(callback);
}

/** Something that cannot even be looked at. */
function throwing(): object {
  return {
    get acquire(): never {
      throw new Error('not to be read');
    },
  };
}

/** A breaker to be refused for other reasons. */
function benchless() {
  return { breaker: () => undefined };
}
