import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const script = fileURLToPath(new URL('./fragile-process.ts', import.meta.url));

/** A process that listens to no errors of its pool. */
export interface FragileProcess {
  /** Makes it query its clients if it still runs, and returns how it ended: `lives` or `crashes`. */
  ending(): Promise<string>;
}

/** Starts one, with a protected pool or a bare one. Resolves when it has its clients. */
export async function startFragile(url: string, how: 'protected' | 'bare'): Promise<FragileProcess> {
  const child = spawn(process.execPath, ['--conditions=@switchgear/source', script, url, how], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const words = text(child.stderr);
  const exit = once(child, 'exit');
  child.stdin.on('error', () => undefined);
  await ready(child, words);
  return {
    async ending() {
      child.stdin.write('ask\n');
      const [code] = await exit;
      if (code === 0) return 'lives';
      return (await words).includes("Unhandled 'error' event") ? 'crashes' : `ends with ${code}`;
    },
  };
}

async function ready(child: ChildProcess, words: Promise<string>): Promise<void> {
  const heard = await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);
  if (!String(heard[0]).startsWith('ready')) throw new Error(`The process ended before it was ready:\n${await words}`);
}
