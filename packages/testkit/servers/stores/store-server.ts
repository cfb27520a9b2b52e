import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../src/faults/free-port.ts';
import { type Guarded, spawnGuarded } from '../programs/spawn-guarded.ts';

/** A store of one process, of your own, on loopback, that can be hurt at will. */
export interface StoreServer {
  readonly port: number;

  /** A folder of its own, deleted at the end. */
  readonly home: string;

  /** Its process. Another one after a restart. */
  readonly pid: number;

  /** SIGKILL: its sockets are reset, then connections are refused. */
  kill(): Promise<void>;

  /** Starts it again on the same port and folder, killing it first if it runs. Resolves when it accepts connections. */
  restart(): Promise<void>;

  /** SIGSTOP: the system accepts connections, and nothing answers. */
  pause(): void;

  /** Lets a paused server go on. */
  resume(): void;

  /** Ends the server and deletes all it left behind. */
  stop(): Promise<void>;
}

/** How long it may take to start on a busy machine, in milliseconds. */
const PATIENCE = 20_000;

/**
 * Starts a server that ends with this process, however that ends.
 *
 * @param executable its program
 * @param args its arguments, for this port and folder
 */
export async function startStore(
  executable: string,
  args: (port: number, home: string) => readonly string[],
): Promise<StoreServer> {
  const home = mkdtempSync(join(tmpdir(), 'switchgear-store-'));
  // Its folder outlives each of its processes, so something else guards that.
  const folder = spawnGuarded({ executable: 'sleep', args: ['infinity'], home, signal: 'KILL' });
  const port = await freePort();
  let runs = 0;
  let running: Guarded | undefined;

  async function kill(): Promise<void> {
    await running?.stop();
    running = undefined;
  }

  async function restart(): Promise<void> {
    await kill();
    const run = join(home, `run-${runs++}`);
    mkdirSync(run);
    running = spawnGuarded({ executable, args: args(port, home), home: run, signal: 'KILL' });
    await accepts(running, port);
  }

  async function stop(): Promise<void> {
    await kill();
    await folder.stop();
  }

  const signal = (name: NodeJS.Signals) => void running?.child.kill(name);
  try {
    await restart();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port,
    home,
    get pid() {
      return running?.child.pid ?? 0;
    },
    kill,
    restart,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    stop,
  };
}

/** @throws {Error} with its log when it ends before that, or takes too long */
async function accepts({ child }: Guarded, port: number): Promise<void> {
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = `${log}${text}`.slice(-10_000);
  });
  for (const latest = Date.now() + PATIENCE; !(await isOpen(port)); await pause(20)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The server ended at its start:\n${log}`);
    if (Date.now() > latest) throw new Error(`The server accepted nothing within ${PATIENCE} ms:\n${log}`);
  }
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
