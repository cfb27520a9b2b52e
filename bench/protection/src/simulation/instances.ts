import type { Guard, Policy, World } from '../policies/policy.ts';
import { type Random, randomStream } from '../random/random-stream.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** The running policy, and in scenarios with short-lived instances one after the other. */
export class Instances {
  /** The present one. */
  guard: Guard;
  readonly #start: () => Guard;
  readonly #lifetime: Scenario['lifetime'];
  readonly #random: Random;
  #left: number;

  constructor(policy: Policy, { lifetime }: Scenario, seed: number, world: Omit<World, 'random'>) {
    // One stream for all of them: instances with the same chances would be of one mind.
    const random = randomStream(seed, 'policy');
    this.#start = () => policy.start({ ...world, random });
    this.#lifetime = lifetime;
    this.#random = randomStream(seed, 'instances');
    this.guard = this.#start();
    this.#left = this.#life();
  }

  /** The one that the next call asks. */
  next(): Guard {
    if (this.#left-- <= 0) {
      this.guard = this.#start();
      this.#left = this.#life() - 1;
    }
    return this.guard;
  }

  #life(): number {
    if (!this.#lifetime) return Number.POSITIVE_INFINITY;
    const [fewest, most] = this.#lifetime;
    return fewest + Math.floor(this.#random() * (most - fewest + 1));
  }
}
