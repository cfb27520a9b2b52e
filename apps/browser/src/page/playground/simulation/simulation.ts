import type { Instant, Millis } from '@switchgear/core';
import { type Call, Lane } from './lane.ts';
import type { Policy, Values } from './policy.ts';
import { drawFate, type Fate, type Service, seededRandom } from './service.ts';

/** A call that one lane or several have made, until it ends. All that made it see it end alike. */
interface Ending {
  readonly at: Instant;
  readonly fate: Fate;
  readonly calls: readonly (Call | undefined)[];
}

/** What a simulation begins with. The same beginning and the same turns of the knobs make the same history. */
export interface Beginning {
  readonly seed: number;
  readonly service: Service;
  readonly policies: readonly Policy[];

  /** What the knobs of each policy stand at; absent means their initial values. */
  readonly values?: readonly Values[];
}

/**
 * The same traffic, offered to several real breakers at once, on a clock that moves only when told to. Nothing here waits:
 * a minute is simulated in a few milliseconds.
 */
export class Simulation {
  readonly lanes: readonly Lane[];
  readonly #random: () => number;
  #service: Service;
  #now: Instant = 0;
  #nextCall: Instant;
  /** The soonest last. */
  readonly #endings: Ending[] = [];

  constructor({ seed, service, policies, values = [] }: Beginning) {
    const clock = { now: () => this.#now };
    this.lanes = policies.map(
      (policy, index) => new Lane(policy, clock, seededRandom(seed + 1 + index), values[index]),
    );
    this.#random = seededRandom(seed);
    this.#service = service;
    this.#nextCall = this.#gap();
  }

  get now(): Instant {
    return this.#now;
  }

  get service(): Service {
    return this.#service;
  }

  set service(service: Service) {
    // What is left until the next call calls faster or slower from now on, and costs no new random.
    this.#nextCall = this.#now + ((this.#nextCall - this.#now) * this.#service.traffic) / service.traffic;
    this.#service = service;
  }

  /** Lets time pass. */
  advance(ms: Millis): void {
    const until = this.#now + ms;
    for (;;) {
      const ending = this.#endings.at(-1);
      if (Math.min(ending?.at ?? Infinity, this.#nextCall) > until) break;
      if (ending && ending.at <= this.#nextCall) this.#end(ending);
      else this.#call();
    }
    this.#now = until;
  }

  #call(): void {
    this.#now = this.#nextCall;
    this.#nextCall += this.#gap();
    const fate = drawFate(this.#service, this.#random);
    const calls = this.lanes.map((lane) => lane.offer(this.#now));
    const at = this.#now + fate.takes;
    const place = this.#endings.findLastIndex((other) => other.at > at);
    this.#endings.splice(place + 1, 0, { at, fate, calls });
  }

  #end({ at, fate, calls }: Ending): void {
    this.#endings.pop();
    this.#now = at;
    for (const [index, pass] of calls.entries()) if (pass) this.lanes[index]?.settle(pass, fate, at);
  }

  #gap(): Millis {
    return (-Math.log(1 - this.#random()) * 1_000) / this.#service.traffic;
  }
}
