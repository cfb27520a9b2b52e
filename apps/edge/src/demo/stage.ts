import { setTimeout as passing } from 'node:timers/promises';
import type { FaultServer } from '@switchgear/testkit';

/** A service behind the app. */
export type ServiceName = 'prices' | 'reviews';

/** What the app says of itself. */
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
export interface Sight {
  /** `'fresh'`, `'copy'`, `'refused'`, or a status. */
  readonly what: string;

  /** Milliseconds until it was there. */
  readonly after: number;

  /** Milliseconds since the upstream gave it, for a copy. */
  readonly age: number | undefined;
  readonly retryAfter: string | null;
}

/** Milliseconds that a condition may take to come true: longer than a circuit stays open, on a machine that may be busy. */
const PATIENCE = 60_000;

/** An app with its two services, and somebody who asks it. */
export class Stage {
  readonly services: Readonly<Record<ServiceName, FaultServer>>;
  /** Every copy that was shown. */
  readonly copies: Sight[] = [];
  readonly #app: string;

  constructor(app: string, services: Readonly<Record<ServiceName, FaultServer>>) {
    this.#app = app;
    this.services = services;
  }

  async ask(service: ServiceName, item = 'kettle'): Promise<Sight> {
    const began = performance.now();
    const answer = await fetch(`${this.#app}/${service}/${item}`);
    await answer.arrayBuffer();
    const age = answer.headers.get('x-copy-age-ms');
    const sight = {
      what: whatOf(answer),
      after: performance.now() - began,
      age: age === null ? undefined : Number(age),
      retryAfter: answer.headers.get('retry-after'),
    };
    if (sight.what === 'copy') this.copies.push(sight);
    return sight;
  }

  async status(): Promise<Status> {
    return (await (await fetch(`${this.#app}/status`)).json()) as Status;
  }

  /** The circuit before a service. All who ask here come in at one data centre, where there is such a thing: `prices@DFW`. */
  async circuitOf(service: ServiceName): Promise<Status['circuits'][number] | undefined> {
    const { circuits } = await this.status();
    return circuits.find(({ name }) => name.split('@')[0] === service);
  }

  async stateOf(service: ServiceName): Promise<string> {
    return (await this.circuitOf(service))?.state ?? 'no such circuit';
  }

  /** Waits until the circuit of a service is in this state. To look is all that it does. */
  async until(service: ServiceName, state: string): Promise<void> {
    const end = performance.now() + PATIENCE;
    while ((await this.stateOf(service)) !== state) {
      if (performance.now() > end) throw new Error(`The circuit of ${service} is not ${state} after ${PATIENCE} ms`);
      await passing(10);
    }
  }
}

/** A copy has to say how old it is, in the header that caches read and in ours. */
function whatOf({ status, headers }: Response): string {
  if (headers.get('x-circuit-breaker') === 'open') return 'refused';
  if (status !== 200) return String(status);
  const [age, exact] = [headers.get('age'), headers.get('x-copy-age-ms')];
  if (exact === null) return 'fresh';
  return age !== null && Number(age) === Math.floor(Number(exact) / 1_000) ? 'copy' : 'copy of unknown age';
}
