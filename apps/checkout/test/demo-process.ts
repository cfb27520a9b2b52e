import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Result } from '../src/demo/table.ts';

/** The demo as a user runs it: a command in a process group of its own, as a terminal would start it. */
export interface DemoProcess {
  /** What it has written so far. */
  output(): string;

  /** Resolves to its exit code, or the signal that killed it. */
  readonly ended: Promise<number | NodeJS.Signals>;

  /** Signals the command alone. */
  signal(signal: NodeJS.Signals): void;

  /** Signals every process of its group, as Ctrl-C in a terminal does. */
  signalGroup(signal: NodeJS.Signals): void;
}

/** Says what to do when a test ends. Tests that run concurrently must each bring their own. */
export type WhenFinished = (undo: () => void) => void;

/** Runs the demo. What is left of it when the test ends is killed. */
export function startDemo(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  whenFinished: WhenFinished = onTestFinished,
): DemoProcess {
  const main = fileURLToPath(new URL('../src/demo/main.ts', import.meta.url));
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--conditions=@switchgear/source', main, ...args], {
    detached: true,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (more) => (text += more));
  const ended = once(child, 'close').then(([code, signal]) => signal ?? code);
  const signalGroup = (signal: NodeJS.Signals) => {
    try {
      process.kill(-child.pid!, signal);
    } catch {
      // Nobody of the group is left.
    }
  };
  whenFinished(() => signalGroup('SIGKILL'));
  return { output: () => text, ended, signal: (signal) => void child.kill(signal), signalGroup };
}

/** Runs the demo to its end and reads the JSON on its last line. */
export async function runDemo(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  whenFinished: WhenFinished = onTestFinished,
): Promise<{ readonly result: Result; readonly exitCode: unknown }> {
  const demo = startDemo(['--json', ...args], environment, whenFinished);
  const exitCode = await demo.ended;
  const lastLine = demo.output().trimEnd().split('\n').at(-1) ?? '';
  if (!lastLine.startsWith('{')) throw new Error(`The demo ended with ${exitCode}:\n${demo.output()}`);
  return { result: JSON.parse(lastLine), exitCode };
}
