import { spawn } from 'node:child_process';

/** Tools that would rather talk to somebody else than to us. */
const QUIET = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' };

/** Runs a program in the foreground, its output on ours. True when it ended well. */
export async function runCommand(program: string, args: readonly string[], cwd: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const child = spawn(program, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...QUIET },
  });
  child.once('error', (error) => {
    console.error(`${program}: ${error.message}`);
    resolve(false);
  });
  child.once('exit', (code) => resolve(code === 0));
  return promise;
}
