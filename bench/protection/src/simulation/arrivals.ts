import { exponentialDraw, type Random, randomStream } from '../random/random-stream.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** The arrivals of requests: a Poisson process whose rate follows the load. */
export class Arrivals {
  /** Also draws what a request needs at its first attempt. */
  readonly random: Random;
  readonly #scenario: Scenario;
  #next: number;

  constructor(scenario: Scenario, seed: number, load: number) {
    this.#scenario = scenario;
    this.random = randomStream(seed, 'arrivals');
    this.#next = this.#gap(load);
  }

  /** When the next request comes, in milliseconds since the beginning; `Infinity` once the scenario is over. */
  get next(): number {
    return this.#next;
  }

  /** A request has come at this time: draws when the next one will. */
  advance(at: number, load: number): void {
    this.#next = at + this.#gap(load);
    if (this.#next > this.#scenario.duration) this.#next = Number.POSITIVE_INFINITY;
  }

  /** Arrivals have no memory: what is left of the gap shrinks or grows with the load. */
  changeLoad(at: number, before: number, after: number): void {
    this.#next = at + ((this.#next - at) * before) / after;
  }

  #gap(load: number): number {
    return (exponentialDraw(this.random) * 1_000) / (this.#scenario.rate * load);
  }
}
