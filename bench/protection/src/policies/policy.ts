import type { Random } from '../random/random-stream.ts';
import type { Conditions } from '../scenarios/conditions.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** The origin of a policy. */
export type Kind = 'bound' | 'ours' | 'peer';

/** Decides about calls. Started anew for each run. */
export interface Policy {
  readonly name: string;

  /** `bound`: no breaker, the oracle and the reference, with which the others are compared. */
  readonly kind: Kind;

  /** Its origin: the package itself, or a new implementation of its published rules. */
  readonly about: string;

  /** Whether it has a window of time, which must be full before it is measured. */
  readonly hasWindow: boolean;

  /** Whether it is a published package, run with promises and fake timers, and therefore slow. */
  readonly isPackage?: true;
  start(world: World): Guard;
}

/** The environment of a policy. Only the oracle uses more than the time and the random numbers. */
export interface World {
  /** Milliseconds since the beginning. */
  now(): number;

  /** Calls `act` once, after this many milliseconds, unless the returned function is called before. For fleets only. */
  after?(ms: number, act: () => void): () => void;
  readonly random: Random;
  readonly secrets: Secrets;

  /** To be told when the policy begins to limit traffic without an open period, if it can say. */
  readonly limited?: () => void;
}

/** How busy the service is at the moment. */
export interface ServiceLoad {
  /** Calls it works on at once. */
  readonly servers: number;

  /** Calls inside: in work or waiting. */
  readonly inside: number;

  /** Calls per millisecond it can answer. */
  readonly capacity: number;
}

/** Facts that a real breaker cannot know. */
export interface Secrets {
  readonly scenario: Scenario;
  readonly service: ServiceLoad;
  conditions(): Conditions;
}

/** A caller. Answered once: immediately, or later by a policy that queues callers. */
export interface Caller {
  /** Decides which instance makes the call, from 0 to 1. For fleets only. */
  readonly place?: number;

  /** Admits the call. `settle` gets the pass when the call has ended. */
  proceed(pass?: unknown): void;
  refuse(): void;
}

/** A running policy. */
export interface Guard {
  ask(caller: Caller, at: number): void;

  /** An admitted call has ended, after `took` milliseconds; a call that timed out has failed. */
  settle(pass: unknown, succeeded: boolean, at: number, took: number): void;

  /** Lets its promises run, if it has any. Awaited after each of the above. */
  readonly idle?: () => Promise<void>;

  /** Restores the globals that it replaced. */
  readonly stop?: () => void;
}
