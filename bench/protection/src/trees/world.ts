import { exponentialDraw, type Random, randomStream } from '../random/random-stream.ts';
import { Agenda } from '../simulation/agenda.ts';
import { Endpoint, type Trouble } from './endpoint.ts';
import type { Balancing, BalancingPolicy, Choice } from './policy.ts';

/** A service of several endpoints, some of which get into trouble for a minute. */
export interface TreeScenario {
  readonly name: string;

  /** The most repeated attempts of a request, each made at once. */
  readonly retries: number;

  /** The trouble of the first endpoints, in order; the others are well. */
  readonly troubles: readonly Trouble[];
}

/** How many endpoints, and requests a millisecond: half of what they can do. */
export const ENDPOINTS = 10;
export const RATE = 0.8;
/** Milliseconds after which a client gives up an attempt. */
export const TIMEOUT = 1_000;
/** When the trouble begins and ends, and when the last request comes. */
export const BEGIN = 60_000;
export const END = 120_000;
export const DURATION = 180_000;

/** Requests by the second they came in, and how many of them got a useful answer. */
export interface TreeJournal {
  readonly came: number[];
  readonly useful: number[];
}

/** One run. It depends on nothing but its arguments. */
export class World {
  readonly journal: TreeJournal = {
    came: new Array<number>(DURATION / 1_000).fill(0),
    useful: new Array<number>(DURATION / 1_000).fill(0),
  };
  time = 0;
  readonly #scenario: TreeScenario;
  readonly #balancing: Balancing;
  readonly #endpoints: readonly Endpoint[];
  readonly #agenda = new Agenda<() => void>();
  readonly #arrivals: Random;

  constructor(scenario: TreeScenario, policy: BalancingPolicy, seed: number) {
    this.#scenario = scenario;
    this.#arrivals = randomStream(seed, 'arrivals');
    const service = randomStream(seed, 'service');
    const after = (ms: number, act: () => void): void => this.#agenda.add(this.time + ms, act);
    this.#endpoints = Array.from({ length: ENDPOINTS }, () => new Endpoint(after, service));
    this.#balancing = policy.start({
      endpoints: ENDPOINTS,
      attempts: scenario.retries + 1,
      now: () => this.time,
      random: randomStream(seed, 'policy'),
    });
  }

  run(): TreeJournal {
    for (const [at, isOn] of [
      [BEGIN, true],
      [END, false],
    ] as const) {
      this.#agenda.add(at, () => {
        for (const [index, trouble] of this.#scenario.troubles.entries()) {
          this.#endpoints[index]?.change(isOn ? trouble : undefined);
        }
      });
    }
    this.#nextArrival();
    while (Number.isFinite(this.#agenda.next)) {
      this.time = this.#agenda.next;
      this.#agenda.take()();
    }
    return this.journal;
  }

  #nextArrival(): void {
    const at = this.time + exponentialDraw(this.#arrivals) / RATE;
    if (at >= DURATION) return;
    this.#agenda.add(at, () => {
      this.#nextArrival();
      this.#request();
    });
  }

  #request(): void {
    const second = Math.floor(this.time / 1_000);
    (this.journal.came[second] as number)++;
    const pass = this.#balancing.begin();
    if (pass === undefined) return;
    this.#attempt(pass, 1, new Set(), second);
  }

  #attempt(pass: object, number: number, tried: Set<number>, second: number): void {
    const choice = this.#balancing.choose(tried);
    if (!choice) {
      this.#balancing.end(pass, number === 1 ? 'refused' : 'failed');
      return;
    }
    tried.add(choice.endpoint);
    this.#call(choice, (succeeded) => {
      if (!succeeded && number <= this.#scenario.retries) {
        this.#attempt(pass, number + 1, tried, second);
        return;
      }
      if (succeeded) (this.journal.useful[second] as number)++;
      this.#balancing.end(pass, succeeded ? 'succeeded' : 'failed');
    });
  }

  /** Ends once: with the answer, or when the client gives up. */
  #call(choice: Choice, ended: (succeeded: boolean) => void): void {
    const begun = this.time;
    let isOver = false;
    const end = (succeeded: boolean): void => {
      if (isOver) return;
      isOver = true;
      this.#balancing.settle(choice, succeeded, this.time - begun);
      ended(succeeded);
    };
    this.#agenda.add(begun + TIMEOUT, () => end(false));
    this.#endpoints[choice.endpoint]?.receive(end);
  }
}
