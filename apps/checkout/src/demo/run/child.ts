import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Run, unlessStopped } from './run.ts';

/** Milliseconds that a child has to exit by itself before it is killed. */
const GRACE = 2_000;

/** How to start one of the demo's processes. */
export interface ChildOptions {
  /** For error messages: `'orders (with)'`. */
  readonly name: string;

  /** Its main module, relative to `src`. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A child process that is ready. */
export interface Child<Ready, Message> {
  readonly ready: Ready;
  send(message: object): void;
  onMessage(listener: (message: Message) => void): void;
}

/**
 * Starts a process that exits when this one does, and waits for its first message, which means that it is ready.
 * If it exits before the run ends, the run fails.
 */
export async function startChild<Ready, Message = never>(
  { name, entry, environment }: ChildOptions,
  run: Run,
): Promise<Child<Ready, Message>> {
  run.signal.throwIfAborted();
  const child = fork(fileURLToPath(new URL(`../../${entry}`, import.meta.url)), {
    // A PORT in the user's environment is not meant for our servers.
    env: { ...process.env, PORT: '0', ...environment },
    execArgv: ['--conditions=@switchgear/source'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lastOutput = collect(child);
  const onUnexpectedEnd = (code: number | null, by: NodeJS.Signals | null) =>
    run.fail(new Error(`${name} ended with ${by ?? code}.\n${lastOutput()}`));
  child.once('exit', onUnexpectedEnd);
  child.once('error', run.fail);
  run.cleanup.defer(async () => {
    child.off('exit', onUnexpectedEnd);
    await end(child);
  });
  const [ready] = await unlessStopped(once(child, 'message'), run);
  return {
    ready,
    send: (message) => child.send(message),
    onMessage: (listener) => child.on('message', (message) => listener(message as Message)),
  };
}

/** Ends a child by closing its channel, and kills it if it does not exit in time. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const killTimer = setTimeout(() => child.kill('SIGKILL'), GRACE);
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(killTimer);
}

/** Reads a child's stderr so that the pipe does not fill up, and keeps the end of it. */
function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (more: string) => {
    text = `${text}${more}`.slice(-4_000);
  });
  return () => text;
}
