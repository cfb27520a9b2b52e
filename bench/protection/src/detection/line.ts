import type { Guard, Policy, World } from '../policies/policy.ts';
import type { Random } from '../random/random-stream.ts';
import { exponentialDraw, randomStream } from '../random/random-stream.ts';

/** The share of the mean gap between two calls that a call takes, and the most it takes in milliseconds. */
const TAKES = 0.2;
const TAKES_MOST = 20;

/** Calls one after the other, each over before the next: a client without a service, for counting calls. */
export class Line {
  #now = 0;
  readonly #gap: number;
  readonly #takes: number;
  readonly #chance: Random;
  readonly guard: Guard;

  /** @param rate calls a second */
  constructor(policy: Policy, rate: number, seed: number) {
    this.#gap = 1_000 / rate;
    this.#takes = Math.min(TAKES_MOST, TAKES * this.#gap);
    this.#chance = randomStream(seed, 'line');
    // Nothing here has secrets worth knowing, but a limit on calls wants to know how long they may take.
    const secrets = { scenario: { timeout: Number.POSITIVE_INFINITY } } as unknown as World['secrets'];
    this.guard = policy.start({ now: () => this.#now, random: randomStream(seed, 'policy'), secrets });
  }

  /** The next call, which fails with this probability. @returns whether it was let through */
  call(failing: number): boolean {
    this.#now += exponentialDraw(this.#chance) * (this.#gap - this.#takes);
    const caller = new OneCaller();
    this.guard.ask(caller, this.#now);
    if (!caller.admitted) return false;
    this.#now += this.#takes;
    this.guard.settle(caller.pass, this.#chance() >= failing, this.#now, this.#takes);
    return true;
  }
}

class OneCaller {
  admitted = false;
  pass: unknown = undefined;

  proceed(pass?: unknown): void {
    this.admitted = true;
    this.pass = pass;
  }

  refuse(): void {}
}
