import { type ChildProcess, type ExecFileOptions, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Installation } from './installation.ts';
import { familyOf, killFamily, signalAll } from './process-family.ts';

const run = promisify(execFile);

const INITDB = [
  '--username=postgres',
  '--auth=trust',
  '--no-locale',
  '--encoding=UTF8',
  '--no-sync',
  // What processes share then lives in the data folder, and goes with it even after SIGKILL.
  '--set=dynamic_shared_memory_type=mmap',
];

/** A message it prints in English because its locale is C. */
const READY = 'database system is ready to accept connections';

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

  /** Makes the data folder: a superuser `postgres` whom anybody on this machine may be, unless a line of `hba` says otherwise. */
  async initialise(hba: readonly string[]): Promise<void> {
    const { initdb, data, home, account, template } = this.#installation;
    if (template && existsSync(template)) await this.#prepare('cp', ['-a', template, data], { cwd: home });
    else {
      await this.#prepare(initdb, ['--pgdata', data, ...INITDB], { ...account, cwd: home });
      if (template && !this.#removed) await this.#keep(data, template);
    }
    const rules = join(data, 'pg_hba.conf');
    if (hba.length > 0) writeFileSync(rules, `${hba.join('\n')}\n${readFileSync(rules, 'utf8')}`);
  }

  async #prepare(program: string, args: readonly string[], options: ExecFileOptions): Promise<void> {
    const running = run(program, args, options);
    this.#preparing = running.child;
    await running;
  }

  /** Many start at once: the first copy that is whole stays. `initdb` takes four times as long as a copy. */
  async #keep(data: string, template: string): Promise<void> {
    const unfinished = `${template}.${process.pid}`;
    mkdirSync(dirname(template), { recursive: true });
    await this.#prepare('cp', ['-a', data, unfinished], {});
    try {
      renameSync(unfinished, template);
    } catch {
      // Another was quicker.
      rmSync(unfinished, { recursive: true, force: true });
    }
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
        if (log.includes(READY)) resolve();
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

  /** Ends it in an orderly way: `SIGINT` rolls back and disconnects everybody, `SIGQUIT` just leaves. */
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
