import { createRequire, registerHooks } from 'node:module';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { protectPool } from '../src/index.ts';
import { benchCircuit } from './setup/bench-circuit.ts';

const require = createRequire(import.meta.url);

/** pg's own native client, above a stand-in for the package that binds libpq, which has to be compiled. */
function nativeClient(version: string): typeof pg.Client & { readonly Query: typeof pg.Query } {
  const stub = new URL('./setup/native-stub.cjs', import.meta.url).href;
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'pg-native' ? { url: stub, format: 'commonjs', shortCircuit: true } : next(specifier, context),
  });
  try {
    return require(`${version}/lib/native/index.js`);
  } finally {
    hooks.deregister();
  }
}

describe.each(['pg-8.11', 'pg'])('the native client of %s, which is not supported', (version) => {
  const Client = nativeClient(version);

  it.each<[what: string, Client: typeof pg.Client]>([
    ['it', Client],
    ['one made of it', class Traced extends Client {}],
  ])('is refused when its pool is protected, and the pool is not changed: %s', (_what, Native) => {
    const pool = new pg.Pool({ Client: Native });
    const before = Reflect.ownKeys(pool);
    expect(() => protectPool(pool, { breaker: benchCircuit().breaker })).toThrow(
      /^Switchgear: protectPool does not take a pool of pg's native client, because .*Use the JavaScript client/,
    );
    expect(Reflect.ownKeys(pool)).toEqual(before);
  });

  it('leaves no permit in flight if its queries reach a lease in another way', async () => {
    const { breaker, outcomes, permits } = benchCircuit();
    const client = { query: (query: unknown) => query, release: () => undefined };
    const pool = { connect: async () => client };
    protectPool(pool, { breaker });
    const lease = await pool.connect();
    lease.query(new Client.Query('select 1'));
    lease.release();
    expect([outcomes, permits.inFlight]).toEqual([['ignored'], 0]);
  });
});
