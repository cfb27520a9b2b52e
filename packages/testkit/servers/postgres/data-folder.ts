import type { ExecFileOptions } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Installation } from './installation.ts';

const INITDB = [
  '--username=postgres',
  '--auth=trust',
  '--no-locale',
  '--encoding=UTF8',
  '--no-sync',
  // What processes share then lives in the data folder, and goes with it even after SIGKILL.
  '--set=dynamic_shared_memory_type=mmap',
];

/** Runs a program to its end. */
type Run = (program: string, args: readonly string[], options: ExecFileOptions) => Promise<void>;

/**
 * Makes the data folder of a server: with a superuser `postgres` that every user of this machine may connect as. The first comes from
 * `initdb`, the others are copies of that, in a quarter of the time.
 */
export async function makeDataFolder(installation: Installation, run: Run): Promise<void> {
  const { initdb, data, home, account, template } = installation;
  if (template && existsSync(template)) return run('cp', ['-a', template, data], { cwd: home });
  await run(initdb, ['--pgdata', data, ...INITDB], { ...account, cwd: home });
  if (!template) return;
  const unfinished = `${template}.${process.pid}`;
  mkdirSync(dirname(template), { recursive: true });
  await run('cp', ['-a', data, unfinished], {});
  try {
    renameSync(unfinished, template);
  } catch {
    // Another server was quicker, and one copy is as good as the other.
    rmSync(unfinished, { recursive: true, force: true });
  }
}
