import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Register } from '../src/index.ts';

const PROCESSES = 3;
/** Milliseconds of a lease: short, but longer than a busy machine keeps a process waiting. */
export const LEASE = 5_000;

/** What a call of the service finds there. */
type Service = 'up' | 'down' | 'hanging';

/** Processes that call one service, with a register and a bus in this process. */
export class Scene {
  service: Service = 'up';
  /** Lives by the state of their circuits. */
  readonly states = new Map<string, string>();
  /** Who called the service, since a test last looked. */
  calls: string[] = [];
  /** Who has the lease, by the register. */
  holder: string | undefined;
  leases = 0;
  renewals = 0;
  /** Whether the circuit is closed, by the register. */
  isClosed = false;
  /** Calls by others than the holder while all circuits were open. */
  readonly wrong: string[] = [];
  readonly processes: ChildProcess[] = [];
  readonly lives = new Map<ChildProcess, string>();
  isOutage = false;
  readonly #register: Register;
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));
  #changed = (): void => {};

  constructor(register: Register) {
    this.#register = register;
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    const program = new URL('programs/asker.ts', import.meta.url).pathname;
    for (let i = 0; i < PROCESSES; i++) {
      const args = [`http://127.0.0.1:${port}`, String(LEASE)];
      const child = fork(program, args, { execArgv: ['--conditions=@switchgear/source'] });
      this.processes.push(child);
      child.on('message', (message: { report: string } | { life: string; to: string }) => this.#hear(child, message));
    }
  }

  async stop(): Promise<void> {
    for (const child of this.processes) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    this.#server.close().closeAllConnections();
  }

  /** Waits until something is so. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  all(state: string): boolean {
    return this.states.size === PROCESSES && [...this.states.values()].every((each) => each === state);
  }

  #hear(from: ChildProcess, message: { report: string } | { life: string; to: string }): void {
    if ('report' in message) {
      for (const child of this.processes) if (child !== from && child.connected) child.send(message.report, () => {});
      return;
    }
    this.lives.set(from, message.life);
    this.states.set(message.life, message.to);
    this.#changed();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url, headers } = request;
    if (url === '/service') {
      this.#serve(String(headers['life']), response);
      return;
    }
    const asked = JSON.parse(await text(request));
    if (url === '/read') response.end(JSON.stringify([...(await this.#register.read(asked[0]))]));
    else {
      const [key, expected, value, ttl] = asked;
      const answer = await this.#register.swap(key, expected ?? undefined, value, ttl);
      if (answer.won) this.#written(JSON.parse(value));
      response.end(JSON.stringify(answer));
    }
  }

  #serve(life: string, response: ServerResponse): void {
    this.calls.push(life);
    if (this.isOutage && !this.isClosed && life !== this.holder) this.wrong.push(life);
    if (this.service === 'up') response.end('here');
    else if (this.service === 'down') response.destroy();
    this.#changed();
  }

  #written({ state, lease }: { state: string; lease?: { by: string } }): void {
    if (lease && lease.by === this.holder) this.renewals++;
    else if (lease) this.leases++;
    this.holder = lease?.by;
    this.isClosed = state === 'closed';
    this.#changed();
  }
}

/** The service goes down, and all circuits open. From here on only the holder of the lease may call. */
export async function goDown(scene: Scene, then: Service): Promise<void> {
  scene.service = 'down';
  scene.isClosed = false;
  await scene.until(() => scene.all('open'));
  scene.service = then;
  scene.calls = [];
  scene.isOutage = true;
}
