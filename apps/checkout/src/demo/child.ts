import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Run, unlessStopped } from './run.ts';

/** Milliseconds that a child gets to end by itself. */
const GRACE = 2_000;

/** How to start one of the demo's processes. */
export interface ChildOptions {
  /** For error messages: `'orders (with)'`. */
  readonly name: string;

  /** Its main module, relative to `src`. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A process of ours that is ready. */
export interface Child<Ready, Message> {
  readonly ready: Ready;
  send(message: object): void;
  onMessage(listener: (message: Message) => void): void;
}

/**
 * Starts a process that ends with us, and waits for its first message, which says that it is ready.
 * If it ends before the run does, the run fails.
 */
export async function startChild<Ready, Message = never>(
  { name, entry, environment }: ChildOptions,
  run: Run,
): Promise<Child<Ready, Message>> {
  run.signal.throwIfAborted();
  const child = fork(fileURLToPath(new URL(`../${entry}`, import.meta.url)), {
    // Somebody's own PORT is not meant for four servers.
    env: { ...process.env, PORT: '0', ...environment },
    execArgv: ['--conditions=@switchgear/source'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lastWords = collect(child);
  const complain = (code: number | null, by: NodeJS.Signals | null) =>
    run.fail(new Error(`${name} ended with ${by ?? code}.\n${lastWords()}`));
  child.once('exit', complain);
  child.once('error', run.fail);
  run.cleanup.defer(async () => {
    child.off('exit', complain);
    await end(child);
  });
  const [ready] = await unlessStopped(once(child, 'message'), run);
  return {
    ready,
    send: (message) => child.send(message),
    onMessage: (listener) => child.on('message', (message) => listener(message as Message)),
  };
}

/** Ends a child the polite way: it ends when its channel closes. One that does not is killed. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const impatience = setTimeout(() => child.kill('SIGKILL'), GRACE);
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(impatience);
}

/** Reads what a child writes to stderr, so that its pipe does not fill, and keeps the end of it. */
function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (more: string) => {
    text = `${text}${more}`.slice(-4_000);
  });
  return () => text;
}
