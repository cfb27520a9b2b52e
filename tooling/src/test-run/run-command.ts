import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../repository/read-repository.ts';

/** Tools that would rather talk to somebody else than to us. */
const QUIET = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' };

/** Tests start the same programs over and over: compiled once, each costs half a second less. Kept by what is in the file. */
const QUICK = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') };

/** Runs a program in the foreground, its output on ours. True when it ended well. */
export async function runCommand(program: string, args: readonly string[], cwd: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const child = spawn(program, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...QUIET, ...QUICK },
  });
  child.once('error', (error) => {
    console.error(`${program}: ${error.message}`);
    resolve(false);
  });
  child.once('exit', (code) => resolve(code === 0));
  return promise;
}
