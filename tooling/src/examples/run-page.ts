import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ExampleEnded } from './run-examples.ts';

const PROGRAM = fileURLToPath(new URL('./run-examples.ts', import.meta.url));

/**
 * Runs the examples of a page in a new process. Returns what went wrong, by file: an error, or that the process ended or
 * was stopped before the example was finished.
 *
 * @param within milliseconds for all of them together
 * @param env variables that they find in `process.env`, beside those of this process
 */
export async function runPage(
  files: readonly string[],
  within: number,
  env: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, string>> {
  const child = fork(PROGRAM, files, {
    execArgv: ['--conditions=@switchgear/source'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: within,
    env: { ...process.env, ...env },
  });
  let printed = '';
  child.stderr?.on('data', (text) => {
    printed += String(text);
  });
  const wrong = new Map<string, string>(files.map((file) => [file, 'it did not run to its end']));
  child.on('message', ({ file, error }: ExampleEnded) => {
    if (error === undefined) wrong.delete(file);
    else wrong.set(file, error);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  for (const [file, what] of wrong) wrong.set(file, `${what}\n${printed}`);
  // An error after the last example has ended is charged to it.
  const last = files.at(-1);
  if (last !== undefined && code !== 0 && wrong.size === 0) wrong.set(last, `ended by ${signal ?? code}\n${printed}`);
  return wrong;
}
