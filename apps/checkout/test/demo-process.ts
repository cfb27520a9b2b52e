import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Result } from '../src/demo/run-demo.ts';

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

/** How to run the demo. */
export interface DemoProcessOptions {
  /** What differs from our own environment. `DATABASE_URL` is not inherited. */
  readonly environment?: Readonly<Record<string, string>>;

  /** Puts a process between us and the demo that passes no signal on, and whose command line has this word in it. */
  readonly launcher?: string;

  /** Its main module, relative to `src`. */
  readonly entry?: string;
}

/** A program for `node -e` that runs node with the rest of its arguments. */
const LAUNCH = "require('node:child_process').spawn(process.execPath, process.argv.slice(2), { stdio: 'inherit' })";

/** Runs the demo. What is left of it when the test ends is killed. */
export function startDemo(
  args: readonly string[],
  { environment, launcher, entry = 'demo/main.ts' }: DemoProcessOptions = {},
): DemoProcess {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const main = fileURLToPath(new URL(`../src/${entry}`, import.meta.url));
  const command = ['--conditions=@switchgear/source', main, ...args];
  const child = spawn(process.execPath, launcher ? ['-e', LAUNCH, '--', launcher, ...command] : command, {
    detached: true,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => signal ?? code);
  const signalGroup = (signal: NodeJS.Signals) => {
    try {
      process.kill(-child.pid!, signal);
    } catch {
      // The group has already exited.
    }
  };
  onTestFinished(() => signalGroup('SIGKILL'));
  return { output: () => text, ended, signal: (signal) => void child.kill(signal), signalGroup };
}

/** Runs the demo to its end and reads the JSON on its last line. */
export async function runDemo<Of = Result>(
  args: readonly string[],
  options: DemoProcessOptions = {},
): Promise<{ readonly result: Of; readonly exitCode: unknown }> {
  const demo = startDemo(['--json', ...args], options);
  const exitCode = await demo.ended;
  const lastLine = demo.output().trimEnd().split('\n').at(-1) ?? '';
  if (!lastLine.startsWith('{')) throw new Error(`The demo ended with ${exitCode}:\n${demo.output()}`);
  return { result: JSON.parse(lastLine), exitCode };
}
