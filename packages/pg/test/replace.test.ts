import type pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { protectPool } from '../src/index.ts';
import { benchCircuit } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';

/** As a development server loads a module again: another copy, that knows nothing of the first. */
async function anotherCopy(): Promise<typeof protectPool> {
  vi.resetModules();
  const copy = await import('../src/index.ts');
  return copy.protectPool;
}

describe('a pool that is kept while its module is loaded again', () => {
  it('has the last protection only: five are not nested', async () => {
    const pool = benchPool();
    const circuits = Array.from({ length: 5 }, () => benchCircuit());
    for (const { breaker } of circuits) (await anotherCopy())(pool, { breaker, replace: true });
    await pool.query('select 1');
    expect(circuits.map(({ permits }) => permits.issued)).toEqual([0, 0, 0, 0, 1]);
  });

  it('is as it was when the last protection is ejected', async () => {
    const pool = benchPool({ password: async () => 'none' });
    const before = Object.getOwnPropertyDescriptors(pool);
    for (let copy = 0; copy < 3; copy += 1) {
      const protection = (await anotherCopy())(pool, { breaker: benchCircuit().breaker, replace: true });
      await pool.query('select 1');
      if (copy === 2) protection.eject();
    }
    expect(Reflect.ownKeys(pool)).toEqual(Reflect.ownKeys(before));
    expect(Object.hasOwn(pool, 'connect') || Object.hasOwn(pool, 'query')).toBe(false);
  });

  it('is not protected twice by another copy that does not replace', async () => {
    const pool = benchPool();
    const { breaker } = benchCircuit();
    protectPool(pool, { breaker });
    const again = await anotherCopy();
    expect(() => again(pool, { breaker })).toThrow('this pool is protected already');
    expect(() => again(pool, { breaker, replace: false })).toThrow('pass replace: true');
  });

  it('keeps the new protection when the one that was replaced is ejected', async () => {
    const pool = benchPool();
    const [old, present] = [benchCircuit(), benchCircuit()];
    const first = protectPool(pool, { breaker: old.breaker });
    protectPool(pool, { breaker: present.breaker, replace: true });
    first.eject();
    await pool.query('select 1');
    expect([old.permits.issued, present.permits.issued]).toEqual([0, 1]);
    expect(() => protectPool(pool, { breaker: present.breaker })).toThrow('this pool is protected already');
  });

  it('keeps what it had when the new protection is refused', async () => {
    const pool = benchPool();
    const { breaker, permits } = benchCircuit();
    protectPool(pool, { breaker });
    expect(() => protectPool(pool, { breaker: 1, replace: true } as never)).toThrow(TypeError);
    await pool.query('select 1');
    expect(permits.issued).toBe(1);
  });

  it('settles a client that was checked out before with the earlier breaker', async () => {
    const pool = benchPool();
    const [old, present] = [benchCircuit(), benchCircuit()];
    protectPool(pool, { breaker: old.breaker });
    const client = await pool.connect();
    (await anotherCopy())(pool, { breaker: present.breaker, replace: true });
    await client.query('select 1');
    client.release();
    await pool.query('select 1');
    expect([old.outcomes, present.outcomes]).toEqual([['success'], ['success']]);
  });

  it('protects a pool for the first time as well', async () => {
    const pool = benchPool();
    const { breaker, permits } = benchCircuit();
    protectPool(pool, { breaker, replace: true });
    await pool.query('select 1');
    expect(permits.issued).toBe(1);
  });

  it.each<[what: string, wrap: (pool: pg.Pool) => pg.Pool]>([
    ['a proxy of it', (pool) => new Proxy(pool, {})],
    ['an object made of it', (pool) => Object.create(pool)],
  ])('is known again behind %s', (_what, wrap) => {
    const pool = benchPool();
    const { breaker } = benchCircuit();
    protectPool(pool, { breaker });
    expect(() => protectPool(wrap(pool), { breaker })).toThrow('this pool is protected already');
  });

  it('does not nest below a wrapper that was added in between', async () => {
    const pool = benchPool();
    const [old, present] = [benchCircuit(), benchCircuit()];
    protectPool(pool, { breaker: old.breaker });
    const spy = vi.spyOn(pool, 'connect');
    protectPool(pool, { breaker: present.breaker, replace: true });
    await pool.query('select 1');
    expect(spy).toHaveBeenCalledOnce();
    expect([old.permits.issued, present.permits.issued]).toEqual([0, 1]);
  });
});
