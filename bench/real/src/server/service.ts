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
  readonly #slots: number;
  #child: ChildProcess;

  private constructor(child: ChildProcess, port: number, slots: number) {
    this.#child = child;
    this.#slots = slots;
    this.origin = `http://127.0.0.1:${port}`;
  }

  /** Starts it on a free port. */
  static async start(slots: number = SLOTS): Promise<Service> {
    return new Service(...(await started(0, slots)), slots);
  }

  /** Stops the process where it is: connections are accepted by the system, and nothing answers. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  /** Lets it continue. */
  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** Ends it between two instructions: connections are reset, then refused. Also when it is frozen. */
  async kill(): Promise<void> {
    const ended = once(this.#child, 'exit');
    if (this.#child.kill('SIGKILL')) await ended;
  }

  /** Starts it again on the same port. */
  async restart(): Promise<void> {
    [this.#child] = await started(Number(new URL(this.origin).port), this.#slots);
  }
}

/** Resolves when it listens. It ends with this process. */
async function started(port: number, slots: number): Promise<[ChildProcess, number]> {
  const child = fork(program, [String(port), String(slots)]);
  const [listens] = await once(child, 'message');
  return [child, listens as number];
}
