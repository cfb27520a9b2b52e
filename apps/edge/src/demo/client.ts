import { setTimeout as passing } from 'node:timers/promises';
import type { FaultServer } from '@switchgear/testkit';

/** A service behind the app. */
export type ServiceName = 'prices' | 'reviews';

/** The status that the app reports. */
export interface Status {
  readonly runtime: string;
  readonly isolate: string;
  readonly circuits: readonly {
    readonly name: string;
    readonly state: string;
    readonly failures: number;
    readonly rejected: number;
  }[];
}

/** One answer of the app, as a client sees it. */
export interface Answer {
  /** `'fresh'`, `'copy'`, `'refused'`, or a status. */
  readonly what: string;

  /** Milliseconds until it arrived. */
  readonly after: number;

  /** Age of a copy in milliseconds. */
  readonly age: number | undefined;
  readonly retryAfter: string | null;
}

/** The longest wait for a state, in milliseconds: longer than a circuit stays open, even on a busy machine. */
const PATIENCE = 60_000;

/** A client of the app that also controls its two services. */
export class Client {
  readonly services: Readonly<Record<ServiceName, FaultServer>>;
  /** Every copy that was served. */
  readonly copies: Answer[] = [];
  readonly #app: string;

  constructor(app: string, services: Readonly<Record<ServiceName, FaultServer>>) {
    this.#app = app;
    this.services = services;
  }

  async ask(service: ServiceName, item = 'kettle'): Promise<Answer> {
    const began = performance.now();
    const response = await fetch(`${this.#app}/${service}/${item}`);
    await response.arrayBuffer();
    const age = response.headers.get('x-copy-age-ms');
    const answer = {
      what: whatOf(response),
      after: performance.now() - began,
      age: age === null ? undefined : Number(age),
      retryAfter: response.headers.get('retry-after'),
    };
    if (answer.what === 'copy') this.copies.push(answer);
    return answer;
  }

  async status(): Promise<Status> {
    return (await (await fetch(`${this.#app}/status`)).json()) as Status;
  }

  /** The circuit of a service. On workerd its name has the data centre, which is the same for all requests here: `prices@DFW`. */
  async circuitOf(service: ServiceName): Promise<Status['circuits'][number] | undefined> {
    const { circuits } = await this.status();
    return circuits.find(({ name }) => name.split('@')[0] === service);
  }

  async stateOf(service: ServiceName): Promise<string> {
    return (await this.circuitOf(service))?.state ?? 'no such circuit';
  }

  /** Waits until the circuit of a service is in this state, without sending it requests. */
  async until(service: ServiceName, state: string): Promise<void> {
    const end = performance.now() + PATIENCE;
    while ((await this.stateOf(service)) !== state) {
      if (performance.now() > end) throw new Error(`The circuit of ${service} is not ${state} after ${PATIENCE} ms`);
      await passing(10);
    }
  }
}

/** Classifies a response. A copy must have its age in the standard header and in ours. */
function whatOf({ status, headers }: Response): string {
  if (headers.get('x-circuit-breaker') === 'open') return 'refused';
  if (status !== 200) return String(status);
  const [age, exact] = [headers.get('age'), headers.get('x-copy-age-ms')];
  if (exact === null) return 'fresh';
  return age !== null && Number(age) === Math.floor(Number(exact) / 1_000) ? 'copy' : 'copy of unknown age';
}
