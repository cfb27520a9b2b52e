import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Run } from './run.ts';

/** Something that must not be left behind. */
export type Remains = { readonly directory: string } | { readonly server: string; readonly database: string };

/**
 * Starts the janitor.
 *
 * @returns tells it of something to remove; say so before it is made
 */
export function startJanitor({ cleanup, fail }: Run): (remains: Remains) => void {
  const janitor = spawn(process.execPath, [fileURLToPath(new URL('./janitor.ts', import.meta.url))], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  janitor.once('error', fail);
  janitor.stdin.on('error', fail);
  cleanup.defer(async () => {
    if (janitor.exitCode !== null || janitor.pid === undefined) return;
    const ended = once(janitor, 'exit');
    janitor.stdin.end();
    await ended;
  });
  return (remains) => void janitor.stdin.write(`${JSON.stringify(remains)}\n`);
}
