import { EventEmitter } from 'node:events';
import { Duplex } from 'node:stream';
import pg from 'pg';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { CircuitOpenError, type ProtectPoolOptions, protectPool } from '../src/index.ts';
import { benchCircuit } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';
import { versions } from './setup/versions.ts';

const failing = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

function system(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' });
}

/** A socket that is never connected. */
class DeadSocket extends Duplex {
  readonly #error: Error;

  constructor(error: Error) {
    super();
    this.#error = error;
  }

  connect(): this {
    process.nextTick(() => this.destroy(this.#error));
    return this;
  }
  setNoDelay(): void {}
  setKeepAlive(): void {}
  ref(): void {}
  unref(): void {}
  override _read(): void {}
  override _write(_chunk: unknown, _encoding: string, done: () => void): void {
    done();
  }
}

beforeAll(async () => {
  const client = new pg.Client(inject('url'));
  await client.connect();
  await client.query('do $$ begin create role with_password login; exception when others then end $$');
  await client.query("alter role with_password password 'right'");
  await client.end();
});

describe.each(versions)('%s', (_name, version) => {
  /** A pool whose user has to show a password. */
  function bench(config: pg.PoolConfig, options: Partial<ProtectPoolOptions> = {}) {
    const circuit = benchCircuit();
    const { hostname: host, port } = new URL(inject('url'));
    const login = { host, port: Number(port), user: 'with_password', database: 'postgres' };
    const pool = benchPool({ connectionString: undefined, ...login, ...config }, version);
    const protection = protectPool(pool, { breaker: circuit.breaker, ...options });
    return { pool, protection, ...circuit };
  }

  it.each<[how: string, password: () => unknown, error: unknown]>([
    ['it rejects', () => Promise.reject(new Error('the token service is down')), { message: /token service/ }],
    ['it rejects as a dead network', () => Promise.reject(system('ECONNREFUSED')), { code: 'ECONNREFUSED' }],
    ['it rejects as a database', () => Promise.reject(Object.assign(new Error('?'), { code: '57P01' })), {}],
    ['it rejects with a text', () => Promise.reject('no token'), 'no token'],
    [
      'it rejects with an error that brings a ruling',
      () => Promise.reject(Object.assign(new Error('?'), { '@switchgear/ruling': { outcome: 'failure' } })),
      {},
    ],
    [
      'its own circuit is open',
      () => Promise.reject(new CircuitOpenError('tokens', 1, { rule: 'failureRate', at: 0 })),
      { code: 'EOPENBREAKER' },
    ],
    [
      'it throws',
      () => {
        throw new Error('no token');
      },
      {},
    ],
    ['it gives no text', () => 42, { message: /must be a string/ }],
    ['it gives the wrong one', () => 'wrong', { code: '28P01' }],
  ])('a password that cannot be had is not the database’s failure: %s', async (_how, password) => {
    const { pool, breaker, outcomes, permits } = bench({ password: password as never });
    for (let time = 0; time < 3; time += 1) expect(await failing(pool.query('select 1'))).toBeDefined();
    expect(outcomes.filter((outcome) => !outcome.startsWith('ignored'))).toEqual([]);
    expect(breaker.state).toBe('closed');
    expect(permits).toMatchObject({ issued: 3, inFlight: 0, settledTwice: 0 });
  });

  it('nor is one that never comes: the connection waited for it until it timed out', async () => {
    const error = new Error('timeout expired');
    // As pg itself ends a connection that takes too long, but no sooner than it has asked for the password.
    function password(this: pg.Client): Promise<string> {
      (this as unknown as { connection: { stream: Duplex } }).connection.stream.destroy(error);
      return new Promise(() => undefined);
    }
    const { pool, outcomes } = bench({ password: password as never });
    for (let time = 0; time < 3; time += 1) expect(await failing(pool.query('select 1'))).toBe(error);
    expect(outcomes).toEqual(['ignored caller', 'ignored caller', 'ignored caller']);
  });

  it('a connection that waits for the database is a failure, even with a password function', async () => {
    const { pool, outcomes } = bench({
      password: async () => 'right',
      connectionTimeoutMillis: 50,
      stream: () =>
        new (class extends DeadSocket {
          override connect() {
            return this;
          }
        })(new Error('unused')) as never,
    });
    expect(await failing(pool.query('select 1'))).toBeInstanceOf(Error);
    expect(outcomes).toEqual(['failure timeout']);
  });

  it('a password that comes is used, with the client’s `this` and arguments, and options are left as they were', async () => {
    const calls: unknown[][] = [];
    async function password(this: unknown, ...args: unknown[]): Promise<string> {
      calls.push([this instanceof EventEmitter, args.length]);
      return 'right';
    }
    const { pool, outcomes, protection } = bench({ password });
    const bare = benchPool({ ...pool.options, password, connectionString: undefined }, version);
    for (const each of [pool, bare]) expect((await each.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
    expect(calls[0]).toEqual(calls[1]);
    expect(outcomes).toEqual(['success']);
    protection.eject();
    expect(pool.options.password).toBe(password);
  });

  it('a password function that is replaced later is observed as well', async () => {
    const { pool, outcomes } = bench({ password: async () => 'right' });
    pool.options.password = () => Promise.reject(system('ECONNREFUSED'));
    await failing(pool.query('select 1'));
    pool.options.password = () => Promise.reject(system('ECONNRESET'));
    await failing(pool.query('select 1'));
    expect(outcomes).toEqual(['ignored caller', 'ignored caller']);
  });

  it('classify decides first also for a password that is missing', async () => {
    const error = new Error('the token service is down');
    const { pool, outcomes } = bench(
      { password: () => Promise.reject(error) },
      { classify: (ending) => ('error' in ending && ending.error === error ? 'failure' : undefined) },
    );
    await failing(pool.query('select 1'));
    expect(outcomes).toEqual(['failure']);
  });

  it.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'EADDRNOTAVAIL'])(
    'a connection for which this machine lacks resources is ignored: %s',
    async (code) => {
      const { pool, outcomes } = bench({ stream: () => new DeadSocket(system(code)) as never });
      expect(await failing(pool.query('select 1'))).toMatchObject({ code });
      expect(outcomes).toEqual([`ignored ${code}`]);
    },
  );
});

describe('a hook for new clients', () => {
  const bench = (onConnect: (client: pg.ClientBase) => unknown) => {
    const circuit = benchCircuit();
    const pool = benchPool({ onConnect } as pg.PoolConfig);
    protectPool(pool, { breaker: circuit.breaker });
    return { pool, ...circuit };
  };

  it.each<[what: string, hook: (client: pg.ClientBase) => unknown, outcome: string]>([
    ['an error of its own is ignored', () => Promise.reject(new Error('a bug')), 'ignored caller'],
    ['a wrong statement of its own is ignored', (client) => client.query('selec'), 'ignored 42601'],
    ['a statement with too few values is ignored', (client) => client.query('select $1', []), 'ignored 42P02'],
    [
      'a database that goes away meanwhile has failed',
      (client) => client.query('select pg_terminate_backend(pg_backend_pid())'),
      'failure 57P01',
    ],
  ])('%s', async (_what, hook, outcome) => {
    const { pool, outcomes } = bench((client) => {
      client.on('error', () => undefined);
      return hook(client);
    });
    expect(await failing(pool.query('select 1'))).toBeDefined();
    expect(outcomes).toEqual([outcome]);
  });
});
