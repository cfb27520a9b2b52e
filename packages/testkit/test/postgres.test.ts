import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Postgres, startPostgres } from '../servers/postgres/index.ts';
import { packagedBinaries } from '../servers/postgres/installation.ts';
import { linkTree } from '../servers/programs/unprivileged.ts';
import { connect, isRunning, query } from './postgres-client.ts';

const WAIT = { timeout: 10_000, interval: 20 };

describe('a PostgreSQL of our own', () => {
  let postgres: Postgres;

  beforeAll(async () => {
    postgres = await startPostgres({ settings: { max_connections: 7 } });
  });
  afterAll(() => postgres.stop());

  it('answers, with the settings asked for', async () => {
    expect(await query(postgres.url, 'show max_connections')).toEqual([{ max_connections: '7' }]);
    expect(postgres.port).toBeLessThan(32_768);
  });

  it('refuses connections once killed, and comes back on the same port with what was committed', async () => {
    await query(postgres.url, 'create table kept (n int); insert into kept values (1)');
    const { pid } = postgres;
    await postgres.kill();
    expect(isRunning(pid)).toBe(false);
    await expect(query(postgres.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await postgres.restart();
    expect(await query(postgres.url, 'select n from kept')).toEqual([{ n: 1 }]);
    expect(postgres.pid).not.toBe(pid);
  });

  it('does not answer while paused, not even on an open connection', async () => {
    const client = await connect(postgres.url);
    await postgres.pause();
    const answer = vi.fn();
    const pending = client.query('select 1 as one').then(answer);
    await expect(connect(postgres.url, 200)).rejects.toThrow('timeout');
    expect(answer).not.toHaveBeenCalled();
    await postgres.resume();
    await pending;
    expect(answer).toHaveBeenCalledOnce();
    await client.end();
  });

  it('tells its clients when it is shut down', async () => {
    const client = await connect(postgres.url);
    const sleeping = client.query('select pg_sleep(60)').catch((error: unknown) => error);
    await vi.waitFor(async () => expect(await query(postgres.url, SLEEPERS)).toEqual([{ count: '1' }]), WAIT);
    await postgres.shutDown();
    expect(await sleeping).toMatchObject({ code: '57P01' });
    await postgres.restart();
  });
});

describe('what is left of a PostgreSQL', () => {
  let parent: string;

  beforeEach(() => {
    parent = mkdtempSync(join(realpathSync('/tmp'), 'left-'));
    chmodSync(parent, 0o755);
    vi.stubEnv('TMPDIR', parent);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(parent, { recursive: true, force: true });
  });

  const nothing = () => vi.waitFor(() => expect(readdirSync(parent)).toEqual([]), WAIT);

  it.each(['as it runs', 'killed', 'paused'])('nothing, after stop: %s', async (state) => {
    const postgres = await startPostgres();
    expect(readdirSync(parent)).toHaveLength(1);
    if (state === 'killed') await postgres.kill();
    if (state === 'paused') await postgres.pause();
    await postgres.stop();
    expect(isRunning(postgres.pid)).toBe(false);
    expect(readdirSync(parent)).toEqual([]);
    await postgres.stop();
  });

  it.each(['before initdb', 'during initdb', 'when it runs'])(
    'nothing, when its parent is killed %s',
    async (moment) => {
      const owner = spawn(process.execPath, [fileURLToPath(new URL('./postgres-owner.ts', import.meta.url))], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const pid = await reached(moment, owner, parent);
      owner.kill('SIGKILL');
      await once(owner, 'exit');
      await nothing();
      if (pid !== undefined) await vi.waitFor(() => expect(isRunning(pid)).toBe(false), WAIT);
    },
  );

  it('nothing, when it cannot start; and the error says why', async () => {
    const starting = startPostgres({ settings: { max_connections: 'many' } });
    await expect(starting).rejects.toThrow(/invalid value for parameter "max_connections": "many"/);
    await nothing();
  });
});

describe('a standby', () => {
  it('has what its primary has, writes nothing, and can be promoted', async () => {
    const primary = await startPostgres();
    onTestFinished(() => primary.stop());
    const standby = await startPostgres({ standbyOf: primary });
    onTestFinished(() => standby.stop());
    await query(primary.url, 'create table notes as select 1 as n');
    await vi.waitFor(async () => expect(await query(standby.url, 'select n from notes')).toEqual([{ n: 1 }]), WAIT);
    await expect(query(standby.url, 'insert into notes values (2)')).rejects.toMatchObject({ code: '25006' });
    expect(await query(standby.url, 'select pg_promote()')).toEqual([{ pg_promote: true }]);
    await query(standby.url, 'insert into notes values (2)');
  });
});

describe('binaries in a folder that only we may enter', () => {
  it('are brought where the server may reach them', async () => {
    const shut = mkdtempSync(join(tmpdir(), 'shut-'));
    try {
      linkTree(await packagedBinaries(), join(shut, 'native'));
      const postgres = await startPostgres({ binaries: join(shut, 'native') });
      expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await postgres.stop();
    } finally {
      rmSync(shut, { recursive: true, force: true });
    }
  });
});

const SLEEPERS = "select count(*) from pg_stat_activity where wait_event = 'PgSleep'";

/** Waits for a moment in the life of a server that another process starts; its postmaster, once there is one. */
async function reached(moment: string, owner: ChildProcess, parent: string): Promise<number | undefined> {
  if (moment === 'when it runs') return Number((await once(owner.stdout!, 'data')).toString());
  const sign = moment === 'before initdb' ? '' : 'data/PG_VERSION';
  const begun = () => readdirSync(parent).some((home) => existsSync(join(parent, home, sign)));
  await vi.waitFor(() => expect(begun()).toBe(true), { ...WAIT, interval: 1 });
  return undefined;
}
