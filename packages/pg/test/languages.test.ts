import type pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { type ProtectPoolOptions, protectPool } from '../src/index.ts';
import { benchCircuit } from './setup/bench-circuit.ts';
import { benchPool } from './setup/bench-pool.ts';
import { type Dictionary, translatingProxy } from './setup/translating-proxy.ts';
import { versions } from './setup/versions.ts';

/** The words of PostgreSQL 15, and of a language that it does not have. */
const languages: readonly (readonly [language: string, dictionary: Dictionary])[] = [
  [
    'German',
    {
      ERROR: 'FEHLER',
      'canceling statement due to user request': 'storniere Anfrage wegen Benutzeraufforderung',
      'canceling statement due to statement timeout': 'storniere Anfrage wegen Zeitüberschreitung der Anfrage',
      'COPY from stdin failed: No source stream defined': 'COPY FROM STDIN fehlgeschlagen: No source stream defined',
    },
  ],
  [
    'Russian',
    {
      ERROR: 'ОШИБКА',
      FATAL: 'ВАЖНО',
      'canceling statement due to user request': 'выполнение оператора отменено по запросу пользователя',
      'canceling statement due to statement timeout': 'выполнение оператора отменено из-за тайм-аута',
      'COPY from stdin failed: No source stream defined': 'ошибка при вводе данных COPY из stdin: …',
    },
  ],
  [
    'Japanese',
    {
      'canceling statement due to user request': 'ユーザーからの要求により文をキャンセルしています',
      'canceling statement due to statement timeout': 'ステートメントのタイムアウトのため…',
      'COPY from stdin failed: No source stream defined': '標準入力からのCOPYが失敗しました: …',
    },
  ],
];

/** Nothing is known of its words, so that codes have to do. */
const unknown: readonly [string, Dictionary] = ['an unknown language', { ERROR: 'ERARO', FATAL: 'MORTIGA' }];

const failing = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: Error) => error,
  );

/** `once` from node:events would reject: an error comes first. */
const ended = (client: pg.PoolClient) => new Promise<void>((resolve) => client.once('end', resolve));

describe.each(versions)('%s', (_name, version) => {
  async function bench(dictionary: Dictionary, config: pg.PoolConfig = {}, options: Partial<ProtectPoolOptions> = {}) {
    const circuit = benchCircuit();
    const connectionString = await translatingProxy(inject('url'), dictionary);
    const pool = benchPool({ connectionString, ...config }, version);
    pool.on('connect', (client) => client.on('error', () => undefined));
    protectPool(pool, { breaker: circuit.breaker, ...options });
    return { pool, ...circuit };
  }

  describe.each([...languages, unknown])('a server in %s', (_language, dictionary) => {
    it.each<[rule: string, statement: string, outcome: string]>([
      ['is well when it refuses a statement', 'select * from nowhere', 'success 42P01'],
      ['has failed when it is terminated', 'select pg_terminate_backend(pg_backend_pid())', 'failure 57P01'],
      ['is ignored when a COPY has no source', 'create temp table t (n int); copy t from stdin', 'ignored 57014'],
      [
        'is ignored when an extension fails',
        "do $$ begin raise exception using errcode = 'XX000'; end $$",
        'ignored XX000',
      ],
      [
        'has failed when its data are corrupt',
        "do $$ begin raise exception using errcode = 'XX001'; end $$",
        'failure XX001',
      ],
    ])('%s', async (_rule, statement, outcome) => {
      const { pool, outcomes } = await bench(dictionary);
      await failing(pool.query(statement));
      expect(outcomes).toEqual([outcome]);
    });

    it('has not failed when it ends an idle connection, and later errors of that client are ignored', async () => {
      const { pool, outcomes, permits } = await bench(dictionary, { idle_in_transaction_session_timeout: 20 });
      const client = await pool.connect();
      const died = ended(client);
      await client.query('begin');
      await died;
      await failing(client.query('select 1'));
      client.release();
      // The answer to `begin` may come together with the end.
      expect(outcomes).toSatisfy(([only, ...others]) => /^success$|^ignored 25P03$/.test(only) && others.length === 0);
      expect(permits).toMatchObject({ recorded: 0, inFlight: 0 });
    });

    it('has failed when a statement takes too long', async () => {
      const { pool, outcomes } = await bench(dictionary, { statement_timeout: 20 });
      await failing(pool.query('select pg_sleep(5)'));
      expect(outcomes).toEqual(['failure timeout']);
    });

    it('has failed when it has no connections left', async () => {
      const role = `crowded_${process.pid}`;
      const bare = benchPool();
      await bare.query(`drop role if exists ${role}`);
      await bare.query(`create role ${role} login connection limit 0`);
      const { pool, outcomes } = await bench(dictionary);
      pool.options.connectionString = pool.options.connectionString?.replace('postgres@', `${role}@`);
      expect(await failing(pool.query('select 1'))).toMatchObject({ code: '53300' });
      expect(outcomes).toEqual(['failure 53300']);
      await bare.query(`drop role ${role}`);
    });
  });

  it.each(languages)('a statement cancelled on request is ignored, in %s', async (_language, dictionary) => {
    const { pool, outcomes } = await bench(dictionary);
    await failing(pool.query('select pg_cancel_backend(pg_backend_pid())'));
    expect(outcomes).toEqual(['ignored 57014']);
  });
});
