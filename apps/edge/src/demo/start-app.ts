import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The longest start of a runtime, in milliseconds. */
const PATIENCE = 20_000;

/** The app on one of the runtimes; dispose it to stop it. */
export interface RunningApp extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly url: string;
}

/**
 * Serves the app on a free loopback port. It ends with this process, even if that is killed.
 *
 * @throws {Error} with the runtime's output if it does not start
 */
export async function startApp(runtime: Runtime, upstreams: Readonly<Record<string, string>>): Promise<RunningApp> {
  const supervisor = fileURLToPath(new URL('./supervisor.ts', import.meta.url));
  const child = spawn(process.execPath, [supervisor, runtime.program, ...runtime.args], {
    env: { ...process.env, ...upstreams, HOST: '127.0.0.1', PORT: '0', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  try {
    return { url: await listening(runtime.name, child), [Symbol.asyncDispose]: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/** Waits for the line with its address. */
function listening(name: string, { stdout, stderr }: ReturnType<typeof spawn>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let output = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`.slice(-4_000);
      const [, url] = /listening on (http:\S+)/.exec(output) ?? [];
      if (url) resolve(url);
    });
  }
  stdout?.once('close', () => reject(new Error(`${name} exited before it listened:\n${output}`)));
  const timer = setTimeout(() => reject(new Error(`${name} does not listen:\n${output}`)), PATIENCE);
  return promise.finally(() => clearTimeout(timer));
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}

/** A runtime and the command that serves the app with it. */
export interface Runtime {
  readonly name: 'workerd' | 'deno' | 'bun';
  readonly program: string;
  readonly args: readonly string[];
}

const CONDITIONS = '--conditions=@switchgear/source';

/** These are the programs themselves: the scripts in `.bin` would add a process in between. */
export const runtimes: readonly Runtime[] = [
  { name: 'workerd', program: process.execPath, args: [CONDITIONS, source('demo/worker-host.ts')] },
  {
    name: 'deno',
    program: packaged('deno', 'deno'),
    args: [
      ...['run', '--no-prompt', '--no-config', '--no-lock', '--node-modules-dir=manual', CONDITIONS],
      // The app may only use loopback and read its settings.
      ...['--allow-net=127.0.0.1', '--allow-env=HOST,PORT,PRICES,REVIEWS'],
      source('deno.ts'),
    ],
  },
  { name: 'bun', program: packaged('bun', 'bin/bun.exe'), args: ['run', '--no-install', CONDITIONS, source('bun.ts')] },
];

function source(file: string): string {
  return fileURLToPath(new URL(`../${file}`, import.meta.url));
}

function packaged(name: string, file: string): string {
  return join(createRequire(import.meta.url).resolve(`${name}/package.json`), '..', file);
}
