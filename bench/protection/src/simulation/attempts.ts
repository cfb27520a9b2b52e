import type { Random } from '../random/random-stream.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { Attempt, type Owner } from './attempt.ts';
import { workDraw } from './work.ts';

/** Makes the calls of a run. */
export class Attempts {
  readonly #owner: Owner;
  readonly #scenario: Scenario;
  #failing = false;

  constructor(scenario: Scenario, owner: Owner) {
    this.#owner = owner;
    this.#scenario = scenario;
  }

  make(request: number, number: number, random: Random): Attempt {
    const { work = 'exponential' } = this.#scenario;
    return new Attempt(this.#owner, request, number, this.#luck(random), random(), workDraw(work, random));
  }

  /** In a scenario with runs it is 0 or 1, so that failures come one after the other. */
  #luck(random: Random): number {
    const { noise, run } = this.#scenario;
    const luck = random();
    if (run === undefined) return luck;
    const change = this.#failing ? 1 / run : noise / (1 - noise) / run;
    if (luck < change) this.#failing = !this.#failing;
    return this.#failing ? 0 : 1;
  }
}
