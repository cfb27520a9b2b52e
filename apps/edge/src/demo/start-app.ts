import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Runtime } from './runtimes.ts';

/** Milliseconds that a runtime gets to start. */
const PATIENCE = 20_000;

/** The app, served by one of the runtimes. Dispose of it when done. */
export interface RunningApp extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly url: string;
}

/**
 * Serves the app on a free loopback port. It ends with us, however we end.
 *
 * @throws {Error} with the runtime's last words when it does not start
 */
export async function startApp(runtime: Runtime, upstreams: Readonly<Record<string, string>>): Promise<RunningApp> {
  const leash = fileURLToPath(new URL('./leash.ts', import.meta.url));
  const child = spawn(process.execPath, [leash, runtime.program, ...runtime.args], {
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

/** Waits for the line that says where it listens. */
function listening(name: string, { stdout, stderr }: ReturnType<typeof spawn>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4_000);
      const [, url] = /listening on (http:\S+)/.exec(said) ?? [];
      if (url) resolve(url);
    });
  }
  stdout?.once('close', () => reject(new Error(`${name} ended before it listened:\n${said}`)));
  const impatience = setTimeout(() => reject(new Error(`${name} does not listen:\n${said}`)), PATIENCE);
  return promise.finally(() => clearTimeout(impatience));
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}
