import type { ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/faults/free-port.ts';
import { spawnGuarded } from '../programs/spawn-guarded.ts';
import { unprivilegedAccount } from '../programs/unprivileged.ts';

/** A PgBouncer of your own, on loopback, in front of one server. */
export interface PgBouncer {
  /** `postgres://postgres@127.0.0.1:PORT/postgres`. It asks for no password. */
  readonly url: string;
  readonly port: number;

  /** All that it leaves on disk. */
  readonly home: string;

  /** Ends it and deletes all it left behind. */
  stop(): Promise<void>;
}

/** What stands before it, and behind. */
export interface PgBouncerOptions {
  /** The executable. */
  readonly executable: string;

  /** The port of the PostgreSQL behind it, whose databases it all knows by their names. */
  readonly server: number;

  /** Settings: `{ default_pool_size: 1, query_wait_timeout: 1 }`. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** What it writes when it accepts connections. */
const READY = 'process up';

/** Starts a PgBouncer that pools transactions. It ends with this process, however that ends. */
export async function startPgBouncer({ executable, server, settings }: PgBouncerOptions): Promise<PgBouncer> {
  const account = unprivilegedAccount();
  const home = mkdtempSync(join(account ? '/tmp' : tmpdir(), 'switchgear-pgbouncer-'));
  if (account) chownSync(home, account.uid, account.gid);
  const port = await freePort();
  const file = join(home, 'pgbouncer.ini');
  writeFileSync(file, configuration(server, { listen_port: port, ...settings }));
  const { child, stop } = spawnGuarded({ executable, args: [file], home, account, signal: 'TERM' });
  try {
    await ready(child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, port, home, stop };
}

/** Every user may connect, and becomes the server's superuser. */
function configuration(server: number, settings: PgBouncerOptions['settings']): string {
  const all = {
    listen_addr: '127.0.0.1',
    unix_socket_dir: '',
    auth_type: 'any',
    pool_mode: 'transaction',
    ...settings,
  };
  return [
    '[databases]',
    `postgres = host=127.0.0.1 port=${server} user=postgres`,
    '[pgbouncer]',
    ...Object.entries(all).map(([name, value]) => `${name} = ${value}`),
    '',
  ].join('\n');
}

/** @throws {Error} with its log when it ends before that */
function ready(bouncer: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    bouncer.once('error', reject);
    bouncer.once('exit', () => reject(new Error(`PgBouncer ended before it was ready:\n${log}`)));
    bouncer.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = `${log}${text}`.slice(-10_000);
      if (log.includes(READY)) resolve();
    });
  });
}
