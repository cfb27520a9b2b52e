import type { Random } from '../random/random-stream.ts';

/** What a balancing policy is given. */
export interface BalancedWorld {
  readonly endpoints: number;

  /** The most attempts of a request. */
  readonly attempts: number;
  now(): number;
  readonly random: Random;
}

/** Where an attempt goes. */
export interface Choice {
  readonly endpoint: number;
}

/** Decides which endpoint an attempt goes to. */
export interface Balancing {
  /** A request has come. @returns what `end` gets; undefined refuses it */
  begin(): object | undefined;
  end(pass: object, how: 'succeeded' | 'failed' | 'refused'): void;

  /** @returns undefined if no endpoint may be called */
  choose(tried: ReadonlySet<number>): Choice | undefined;
  settle(choice: Choice, succeeded: boolean, took: number): void;
}

/** How calls are spread over endpoints. */
export interface BalancingPolicy {
  readonly name: string;
  readonly about: string;
  start(world: BalancedWorld): Balancing;
}
