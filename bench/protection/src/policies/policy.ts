import type { Random } from '../random/random-stream.ts';
import type { Conditions } from '../scenarios/conditions.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** Where policies come from. */
export type Kind = 'bound' | 'ours' | 'peer';

/** Decides about calls. One of them is started anew for each run. */
export interface Policy {
  readonly name: string;

  /** `bound`: no breaker, the oracle and the reference, beside which the others are judged. */
  readonly kind: Kind;

  /** Whose it is and how it came here: the package itself, or its published rules written anew. */
  readonly about: string;

  /** Whether it looks back over a time, and so wants that time before it is itself. */
  readonly hasWindow: boolean;

  /** Whether it is somebody's package, run with promises and fake timers, and so takes its time. */
  readonly isPackage?: true;
  start(world: World): Guard;
}

/** What a policy is told of the world. Only the oracle looks at more than time and chance. */
export interface World {
  /** Milliseconds since the beginning. */
  now(): number;
  readonly random: Random;
  readonly secrets: Secrets;
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

/** What no breaker can know. */
export interface Secrets {
  readonly scenario: Scenario;
  readonly service: ServiceLoad;
  conditions(): Conditions;
}

/** Who wants to call. Answered once: at once, or later by a policy that lets callers wait. */
export interface Caller {
  /** Go ahead. The pass comes back when the call has ended. */
  proceed(pass?: unknown): void;
  refuse(): void;
}

/** A policy at work. */
export interface Guard {
  ask(caller: Caller, at: number): void;

  /** A call that was let through has ended after so many milliseconds; a call given up has failed. */
  settle(pass: unknown, succeeded: boolean, at: number, took: number): void;

  /** Lets promises of it run, where it has any. Awaited after each of the above. */
  readonly idle?: () => Promise<void>;

  /** Undoes what it did to its surroundings. */
  readonly stop?: () => void;
}
