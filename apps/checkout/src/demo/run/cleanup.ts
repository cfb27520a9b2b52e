import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Run } from './run.ts';

/** Something that has to be removed at the end. */
export type Leftover = { readonly directory: string } | { readonly server: string; readonly database: string };

/**
 * Starts the cleanup process.
 *
 * @returns registers something to remove; call it before creating that thing
 */
export function startCleanup({ cleanup, fail }: Run): (leftover: Leftover) => void {
  const cleanupProcess = spawn(process.execPath, [fileURLToPath(new URL('./cleanup-process.ts', import.meta.url))], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  cleanupProcess.once('error', fail);
  cleanupProcess.stdin.on('error', fail);
  cleanup.defer(async () => {
    if (cleanupProcess.exitCode !== null || cleanupProcess.pid === undefined) return;
    const ended = once(cleanupProcess, 'exit');
    cleanupProcess.stdin.end();
    await ended;
  });
  return (leftover) => void cleanupProcess.stdin.write(`${JSON.stringify(leftover)}\n`);
}
