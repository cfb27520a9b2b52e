import { exponentialDraw, type Random, randomStream } from '../random/random-stream.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** The arrivals of requests: a Poisson process whose rate follows the load, and bursts. */
export class Arrivals {
  /** Also draws what a request needs at its first attempt. */
  readonly random: Random;
  readonly #scenario: Scenario;
  readonly #bursts: readonly number[];
  #burst = 0;
  #next: number;

  constructor(scenario: Scenario, seed: number, load: number) {
    this.#scenario = scenario;
    this.random = randomStream(seed, 'arrivals');
    this.#bursts = burstTimes(scenario);
    this.#next = this.#gap(load);
  }

  /** When the next request comes, in milliseconds since the beginning; `Infinity` once the scenario is over. */
  get next(): number {
    return Math.min(this.#next, this.#nextOfBurst);
  }

  /** A request has come at this time: draws when the next one will. */
  advance(at: number, load: number): void {
    if (at === this.#nextOfBurst) {
      this.#burst++;
      return;
    }
    this.#next = at + this.#gap(load);
    if (this.#next > this.#scenario.duration) this.#next = Number.POSITIVE_INFINITY;
  }

  /** Arrivals have no memory: what is left of the gap shrinks or grows with the load. */
  changeLoad(at: number, before: number, after: number): void {
    this.#next = at + ((this.#next - at) * before) / after;
  }

  get #nextOfBurst(): number {
    return this.#bursts[this.#burst] ?? Number.POSITIVE_INFINITY;
  }

  #gap(load: number): number {
    return (exponentialDraw(this.random) * 1_000) / (this.#scenario.rate * load);
  }
}

function burstTimes({ bursts = [] }: Scenario): number[] {
  return bursts
    .flatMap(({ at, calls, over }) => Array.from({ length: calls }, (_, call) => at + (over * call) / calls))
    .sort((one, other) => one - other);
}
