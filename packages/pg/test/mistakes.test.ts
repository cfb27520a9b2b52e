import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { describe, expect, it } from 'vitest';
import { protectPool } from '../src/index.ts';
import { benchCircuit } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';
import { versions } from './setup/versions.ts';

/** More than it takes to open the circuit of these tests. */
const OFTEN = 5;

const failing = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: Error) => error,
  );

const MISTAKE = new Error('a mistake of ours');

function fail(): never {
  throw MISTAKE;
}

async function* breakingOff() {
  yield '1\n';
  throw MISTAKE;
}

/** Sends rows to a table, as a service does with an upload. */
async function upload(pool: pg.Pool, source: Readable | AsyncIterable<string>): Promise<unknown> {
  const client = await pool.connect();
  await client.query('create temp table if not exists uploads (n int)');
  const ending = await failing(pipeline(source, client.query(copyFrom('copy uploads from stdin'))));
  client.release();
  return ending;
}

describe.each(versions)('%s', (_name, version) => {
  function bench(config: pg.PoolConfig = {}) {
    const circuit = benchCircuit();
    const pool = benchPool(config, version);
    pool.on('connect', (client) => client.on('error', () => undefined));
    protectPool(pool, { breaker: circuit.breaker });
    return { pool, ...circuit };
  }

  it.each<[mistake: string, make: (pool: pg.Pool) => Promise<unknown>, outcome: string, error: object]>([
    [
      'fewer values than placeholders',
      (pool) => pool.query('select $1::int + $2::int', [1]),
      'success 08P01',
      { code: '08P01', severity: 'ERROR' },
    ],
    ['more values than placeholders', (pool) => pool.query('select 1', [1]), 'success 08P01', { code: '08P01' }],
    [
      'fewer values than a prepared statement has placeholders',
      (pool) => pool.query({ name: 'sum', text: 'select $1::int + $2::int', values: [1] }),
      'success 08P01',
      { code: '08P01' },
    ],
    [
      'a COPY without a source',
      (pool) => pool.query('create temp table copies (n int); copy copies from stdin'),
      'ignored 57014',
      { code: '57014' },
    ],
    [
      'a value that cannot be sent',
      (pool) => pool.query('select $1', [{ toPostgres: fail }]),
      'ignored caller',
      MISTAKE,
    ],
    [
      'a value whose JSON cannot be made',
      (pool) => pool.query('select $1', [{ toJSON: fail }]),
      'ignored caller',
      MISTAKE,
    ],
    [
      'a type whose parser throws',
      (pool) => pool.query({ text: 'select 1', types: { getTypeParser: () => fail } } as never),
      'ignored caller',
      MISTAKE,
    ],
    [
      'an internal error of an extension',
      (pool) => pool.query("do $$ begin raise exception using errcode = 'XX000'; end $$"),
      'ignored XX000',
      { code: 'XX000' },
    ],
  ])('a mistake that is made often opens nothing: %s', async (_mistake, make, outcome, error) => {
    const { pool, breaker, outcomes, permits } = bench();
    for (let time = 0; time < OFTEN; time += 1) expect(await failing(make(pool))).toMatchObject(error);
    expect(outcomes).toEqual(Array.from({ length: OFTEN }, () => outcome));
    expect(breaker.state).toBe('closed');
    expect(permits).toMatchObject({ inFlight: 0, settledTwice: 0 });
  });

  it.each<[source: string, open: () => Readable | AsyncIterable<string>]>([
    ['a generator that throws', breakingOff],
    ['a stream that is destroyed', () => Readable.from(breakingOff())],
    [
      'a file that is missing',
      () =>
        new Readable({
          read() {
            this.destroy(Object.assign(new Error('no such file'), { code: 'ENOENT' }));
          },
        }),
    ],
  ])('an upload whose source breaks off is ignored: %s', async (_source, open) => {
    const { pool, breaker, outcomes, permits } = bench();
    for (let time = 0; time < OFTEN; time += 1) expect(await upload(pool, open())).toBeInstanceOf(Error);
    expect(outcomes.filter((outcome) => outcome.startsWith('failure'))).toEqual([]);
    expect(breaker.state).toBe('closed');
    expect(permits).toMatchObject({ inFlight: 0, settledTwice: 0 });
  });

  it('a COPY that the database itself cuts short is a failure', async () => {
    const { pool, outcomes } = bench();
    const client = await pool.connect();
    await client.query('create temp table uploads (n int)');
    const terminate = Readable.from(
      (async function* () {
        yield '1\n';
        await benchPool().query('select pg_terminate_backend($1)', [
          (client as unknown as { processID: number }).processID,
        ]);
        yield '2\n';
      })(),
    );
    expect(await failing(pipeline(terminate, client.query(copyFrom('copy uploads from stdin'))))).toBeDefined();
    client.release(true);
    expect(outcomes).toEqual(['success', expect.stringMatching(/^failure/)]);
  });

  // Set by a statement: as options of the connection, these limits may end it before the first one.
  it.each([
    ['a transaction that its owner kept open for too long', 'set transaction_timeout = 20; begin', '25P04'],
    ['a session that idled too long', 'set idle_session_timeout = 20', '57P05'],
    ['a transaction that idled too long', 'set idle_in_transaction_session_timeout = 20; begin', '25P03'],
  ])('%s is ignored, and so are later errors of that client', async (_what, statement, code) => {
    const { pool, outcomes, permits } = bench();
    const client = await pool.connect();
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error));
    const died = new Promise<void>((resolve) => client.once('end', resolve));
    // On a busy machine the first of them may end the statement itself.
    const answer = await failing(client.query(statement));
    if (answer) errors.push(answer);
    await died;
    await failing(client.query('select 1'));
    client.release();
    expect(errors[0]).toMatchObject({ code });
    expect(outcomes.filter((outcome) => outcome.startsWith('failure'))).toEqual([]);
    expect(permits).toMatchObject({ recorded: 0, inFlight: 0 });
  });
});
