import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { pgBouncerOrSkip, startPgBouncer } from '../servers/pgbouncer/index.ts';
import { type Postgres, startPostgres } from '../servers/postgres/index.ts';

const executable = pgBouncerOrSkip();

describe.skipIf(executable === undefined)('a PgBouncer of our own', () => {
  let postgres: Postgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  const start = (settings = {}) =>
    startPgBouncer({ executable: executable as string, server: postgres.port, settings });

  it('leads to the server behind it, with the settings asked for, until it is stopped', async () => {
    const bouncer = await start({ application_name_add_host: 1 });
    const client = new pg.Client(bouncer.url);
    await client.connect();
    expect((await client.query("select current_setting('port')::int as port")).rows).toEqual([{ port: postgres.port }]);
    expect((await client.query('show application_name')).rows[0].application_name).toContain('127.0.0.1');
    await client.end();
    await bouncer.stop();
    await expect(new pg.Client(bouncer.url).connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await bouncer.stop();
  });

  it('says why it cannot start', async () => {
    await expect(start({ pool_mode: 'sometimes' })).rejects.toThrow(/ended before it was ready[\s\S]*pool_mode/);
  });

  it('leaves nothing behind when its parent is killed', async () => {
    const script = fileURLToPath(new URL('./pgbouncer-owner.ts', import.meta.url));
    const owner = spawn(process.execPath, [script, executable as string, String(postgres.port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [words] = await once(owner.stdout, 'data');
    const { port, home } = JSON.parse(String(words));
    expect(existsSync(home)).toBe(true);
    owner.kill('SIGKILL');
    const call = () => new pg.Client({ host: '127.0.0.1', port }).connect();
    await vi.waitFor(() => expect(call()).rejects.toMatchObject({ code: 'ECONNREFUSED' }), { timeout: 5_000 });
    await vi.waitFor(() => expect(existsSync(home)).toBe(false), { timeout: 5_000 });
  });
});

describe('a machine without PgBouncer', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('fails under CI, and skips aloud elsewhere', () => {
    vi.stubEnv('PGBOUNCER_PATH', '/nowhere/pgbouncer');
    vi.stubEnv('CI', 'true');
    expect(() => pgBouncerOrSkip()).toThrow('Debian calls it pgbouncer');
    vi.stubEnv('CI', '');
    const warn = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(pgBouncerOrSkip()).toBeUndefined();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('SKIPPED'));
  });
});
