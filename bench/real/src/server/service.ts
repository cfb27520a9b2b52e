import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Calls that the service works on at once, if nothing else is said. */
export const SLOTS = 20;

/** How long it takes for one, in milliseconds; each length in between is as likely. */
export const SHORTEST = 10;
export const LONGEST = 30;

/** Calls a second that this number of slots can answer. */
export function capacityOf(slots: number): number {
  return (1_000 * slots) / ((SHORTEST + LONGEST) / 2);
}

const program = fileURLToPath(new URL('./program.ts', import.meta.url));

/** A real HTTP server in a process of its own. */
export class Service {
  readonly origin: string;
  readonly #port: number;
  #child: ChildProcess;

  /** Takes over when the first is killed. Ready before, because starting a process takes time that varies. */
  readonly #next: ChildProcess;

  private constructor(child: ChildProcess, next: ChildProcess, port: number) {
    this.#child = child;
    this.#next = next;
    this.#port = port;
    this.origin = `http://127.0.0.1:${port}`;
  }

  /** Starts it on a free port. */
  static async start(slots: number = SLOTS): Promise<Service> {
    const [child, next] = [prepared(slots), prepared(slots)];
    return new Service(child, next, await listens(child, 0));
  }

  /** Stops the process where it is: connections are accepted by the system, and nothing answers. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  /** Lets it continue. */
  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** Ends it between two instructions: connections are reset, then refused. */
  async kill(): Promise<void> {
    await killed(this.#child);
  }

  /** Once, after `kill`: another process listens on the same port. */
  async restart(): Promise<void> {
    this.#child = this.#next;
    await listens(this.#next, this.#port);
  }

  /** Leaves nothing running. */
  async end(): Promise<void> {
    await Promise.all([killed(this.#child), killed(this.#next)]);
  }
}

/** A process that listens when it is told to, and ends with this one. */
function prepared(slots: number): ChildProcess {
  return fork(program, [String(slots)]);
}

async function listens(child: ChildProcess, port: number): Promise<number> {
  child.send(port);
  const [listening] = await once(child, 'message');
  return listening as number;
}

/** Also ends a process that is frozen. */
async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
