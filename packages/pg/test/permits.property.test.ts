import fc from 'fast-check';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { type PoolProtection, protectPool } from '../src/index.ts';
import { benchCircuit, OPEN_FOR, PERMIT_TIMEOUT } from './setup/bench-circuit.ts';

const queries = {
  good: 'select 1',
  wrong: 'select * from nowhere',
  cancelled: 'select pg_cancel_backend(pg_backend_pid())',
  fatal: 'select pg_terminate_backend(pg_backend_pid())',
} as const;

const text = fc.constantFrom(...Object.values(queries));

/** What callers and operators may do, in any order. Whatever waits is left waiting while the next thing happens. */
const step = fc.oneof(
  fc.record({ does: fc.constant('query'), text, callback: fc.boolean() }),
  fc.record({ does: fc.constant('connect'), callback: fc.boolean() }),
  fc.record({ does: fc.constant('ask'), text, callback: fc.boolean(), waits: fc.boolean() }),
  fc.record({ does: fc.constant('release'), destroys: fc.boolean() }),
  fc.record({ does: fc.constantFrom('settle', 'eject', 'protect', 'trip', 'reset', 'due', 'lose') }),
  // Often enough that refusals are no accident: without protection, or closed again, a scene has none.
  fc.record({ does: fc.constantFrom('protect', 'trip') }),
) as fc.Arbitrary<Step>;

interface Step {
  readonly does: string;
  readonly text?: string;
  readonly callback?: boolean;
  readonly waits?: boolean;
  readonly destroys?: boolean;
}

/** A protected pool and its users. */
class Scene {
  readonly circuit = benchCircuit();
  readonly pool = new pg.Pool({ connectionString: inject('url'), max: 3 });
  readonly held: pg.PoolClient[] = [];
  readonly #waiting: Promise<unknown>[] = [];
  #protection: PoolProtection | undefined;

  constructor() {
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.take({ does: 'protect' });
  }

  async take({ does, text: words = '', callback, waits, destroys }: Step): Promise<void> {
    const { breaker, clock } = this.circuit;
    if (does === 'query')
      this.#leave(callback ? called((done) => this.pool.query(words, done)) : this.pool.query(words));
    if (does === 'connect') this.#leave(this.#connect(callback));
    if (does === 'ask' && this.held.length > 0) {
      const [client] = this.held as [pg.PoolClient];
      const answer = callback ? called((done) => client.query(words, done)) : client.query(words);
      this.#leave(answer);
      if (waits) await Promise.allSettled([answer]);
    }
    if (does === 'release') this.held.shift()?.release(destroys);
    if (does === 'settle') await new Promise(setImmediate);
    if (does === 'eject') this.#protection?.eject();
    if (does === 'eject') this.#protection = undefined;
    if (does === 'protect') this.#protection ??= protectPool(this.pool, { breaker });
    if (does === 'trip') breaker.trip();
    if (does === 'reset') breaker.reset();
    if (does === 'due') clock.advance(OPEN_FOR);
    if (does === 'lose') clock.advance(PERMIT_TIMEOUT);
  }

  async #connect(callback = false): Promise<void> {
    const client = callback
      ? await called<pg.PoolClient>((done) => this.pool.connect(done as never))
      : await this.pool.connect();
    this.held.push(client);
  }

  #leave(call: Promise<unknown>): void {
    this.#waiting.push(call.catch(() => undefined));
  }

  /** Everybody gets an answer and gives back what he has. */
  async end(): Promise<void> {
    while (this.#waiting.length > 0) {
      const answers = Promise.all(this.#waiting.splice(0));
      let answered = false;
      answers.finally(() => {
        answered = true;
      });
      while (!answered) {
        for (const client of this.held.splice(0)) client.release();
        await new Promise(setImmediate);
      }
    }
    for (const client of this.held.splice(0)) client.release();
    await this.pool.end();
  }
}

function called<T>(give: (callback: (error: unknown, value: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => give((error, value) => (error ? reject(error) : resolve(value))));
}

it('whatever happens in any order, no permit is left in flight and none is settled twice', async () => {
  let issued = 0;
  let refused = 0;
  const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
    const scene = new Scene();
    for (const each of steps) await scene.take(each);
    await scene.end();
    const { permits, breaker } = scene.circuit;
    expect(permits).toMatchObject({ inFlight: 0, settledTwice: 0 });
    issued += permits.issued;
    refused += breaker.metrics().rejected;
  });
  await fc.assert(property, { numRuns: 100 });
  // The property would hold of a scene in which nothing happens.
  expect(issued).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(10);
});
