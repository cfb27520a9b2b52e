import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeDataFolder } from './data-folder.ts';
import type { Installation } from './installation.ts';
import { familyOf, killFamily, signalAll } from './process-family.ts';

const run = promisify(execFile);

/** A message it prints in English because its locale is C. A standby is ready for less. */
const READY = /database system is ready to accept (read-only )?connections/;

/** Long enough for an orderly end; the postmaster itself kills stubborn children after five seconds. */
const PATIENCE = 8_000;

/** One PostgreSQL server as a process: starts it, and ends or stops it in whatever state it is. */
export class Postmaster {
  readonly #installation: Installation;
  readonly #flags: readonly string[];
  #process: ChildProcess | undefined;
  #preparing: ChildProcess | undefined;
  #removed = false;

  constructor(installation: Installation, flags: readonly string[]) {
    this.#installation = installation;
    this.#flags = flags;
  }

  /** 0 before it starts. */
  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /**
   * Makes the data folder. Lines of `hba` come before the one that trusts every user. A standby starts from the same copy as its
   * primary did: servers that were made by one `initdb` are one database to PostgreSQL.
   */
  async initialise(hba: readonly string[], standby: boolean): Promise<void> {
    await makeDataFolder(this.#installation, async (program, args, options) => {
      const running = run(program, args, options);
      this.#preparing = running.child;
      await running;
    });
    const rules = join(this.#installation.data, 'pg_hba.conf');
    if (hba.length > 0) writeFileSync(rules, `${hba.join('\n')}\n${readFileSync(rules, 'utf8')}`);
    if (!standby) return;
    const signal = join(this.#installation.data, 'standby.signal');
    const { account } = this.#installation;
    writeFileSync(signal, '');
    if (account) chownSync(signal, account.uid, account.gid);
  }

  /** Resolves once it accepts connections; rejects with its log when it ends before that. */
  async start(port: number): Promise<void> {
    if (this.#removed) return;
    const { postgres, data, home, account } = this.#installation;
    const server = spawn(postgres, ['-D', data, '-p', String(port), ...this.#flags], {
      ...account,
      cwd: home,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = server;
    let log = '';
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.once('exit', () => reject(new Error(`PostgreSQL ended before it was ready:\n${log}`)));
      // Read to the end of its life: a full pipe would block it.
      server.stderr.setEncoding('utf8').on('data', (text: string) => {
        log = `${log}${text}`.slice(-10_000);
        if (READY.test(log)) resolve();
      });
    });
  }

  /** Ends the whole server between two instructions, as a crashed machine would. */
  async kill(): Promise<void> {
    const server = this.#running();
    if (!server) return;
    killFamily(this.pid);
    await ended(server);
  }

  /** Ends it: `SIGINT` rolls back and disconnects all clients, `SIGQUIT` exits at once. */
  async end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    const server = this.#running();
    if (!server) return;
    this.freeze(false);
    signalAll([this.pid], signal);
    const impatience = setTimeout(() => void this.kill(), PATIENCE);
    await ended(server);
    clearTimeout(impatience);
  }

  /** Stops every process of the server where it is, or lets them go on. */
  freeze(frozen: boolean): void {
    if (this.#running()) signalAll(familyOf(this.pid), frozen ? 'SIGSTOP' : 'SIGCONT');
  }

  /** Ends it if it runs, and leaves nothing of it on this machine. */
  async remove(): Promise<void> {
    this.#removed = true;
    if (this.#preparing?.pid && isRunning(this.#preparing)) {
      killFamily(this.#preparing.pid);
      await ended(this.#preparing);
    }
    await this.end('SIGQUIT');
    await this.#removeSharedMemory();
    rmSync(this.#installation.home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /** What was killed leaves a few bytes of System V memory, and a note of them; an orderly end leaves neither. */
  async #removeSharedMemory(): Promise<void> {
    try {
      const lines = readFileSync(join(this.#installation.data, 'postmaster.pid'), 'utf8').split('\n');
      const id = lines[6]?.trim().split(/\s+/)[1];
      if (id) await run('ipcrm', ['-m', id]);
    } catch {
      // There is no note, or this machine has no ipcrm.
    }
  }

  #running(): ChildProcess | undefined {
    return this.#process && isRunning(this.#process) ? this.#process : undefined;
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function ended(child: ChildProcess): Promise<void> {
  if (isRunning(child)) await once(child, 'exit');
}
