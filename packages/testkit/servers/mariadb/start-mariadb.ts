import { type ChildProcess, execFile } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../src/faults/free-port.ts';
import { spawnGuarded } from '../programs/spawn-guarded.ts';
import { unprivilegedAccount } from '../programs/unprivileged.ts';
import type { MariaDbPrograms } from './mariadb-or-skip.ts';

/** A MariaDB of your own, on loopback. */
export interface MariaDb {
  readonly port: number;

  /** All that it leaves on disk. */
  readonly home: string;

  /** Ends it and deletes all it left behind. */
  stop(): Promise<void>;
}

/** What it writes when it accepts connections. */
const READY = 'ready for connections';

/** Starts a MariaDB whose `root` has no password. It ends with this process, however that ends. */
export async function startMariaDb({ server, install }: MariaDbPrograms): Promise<MariaDb> {
  const account = unprivilegedAccount();
  const home = mkdtempSync(join(account ? '/tmp' : tmpdir(), 'switchgear-mariadb-'));
  if (account) chownSync(home, account.uid, account.gid);
  const data = [`--datadir=${join(home, 'data')}`, '--innodb-log-file-size=4M', '--innodb-buffer-pool-size=8M'];
  const own = { cwd: home, ...account };
  await promisify(execFile)(
    install,
    ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db', ...data],
    own,
  );
  const port = await freePort();
  const net = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(home, 'socket')}`];
  const args = ['--no-defaults', ...data, ...net, `--pid-file=${join(home, 'pid')}`, '--skip-name-resolve'];
  const { child, stop } = spawnGuarded({ executable: server, args, home, account, signal: 'KILL' });
  try {
    await ready(child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, home, stop };
}

/** @throws {Error} with its log when it ends before that */
function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`MariaDB ended before it was ready:\n${log}`)));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = `${log}${text}`.slice(-10_000);
      if (log.includes(READY)) resolve();
    });
  });
}
