import type { Fault } from './fault.ts';

/** How the work of calls is spread around its mean. Two kinds: the share `rare` of the calls takes 40 times as long. */
export type Work = 'exponential' | 'log-normal' | { readonly rare: number };

/** Requests that do not come by chance: `calls` of them from `at` on, evenly over `over` milliseconds; 0 is all at once. */
export interface Burst {
  readonly at: number;
  readonly calls: number;
  readonly over: number;
}

/** The conditions of a run, the same for every policy. Times in milliseconds. */
export interface Scenario {
  readonly name: string;

  /** Which traffic it has: `medium`. With the name it names a cell: `crash@medium`. */
  readonly traffic: string;

  /** Requests a second, on average; a Poisson process, independent of earlier requests. */
  readonly rate: number;

  /** How many calls the service works on at once, and how long one takes on average (exponential). */
  readonly servers: number;
  readonly service: number;

  /** Timeout of a client. The service is not notified. */
  readonly timeout: number;

  /** The number of retries after a failed call. A refusal is not retried. */
  readonly retries: number;

  /** Share of calls that fail at any time. */
  readonly noise: number;

  readonly faults: readonly Fault[];

  /** How long requests come. */
  readonly duration: number;

  /** How many times it is played, each with chances of its own. */
  readonly repeats: number;

  /** @default 'exponential' */
  readonly work?: Work;

  /** Requests on top of the random ones. */
  readonly bursts?: readonly Burst[];

  /** How many calls in a row fail on average when one fails by `noise`. Each for itself if absent. */
  readonly run?: number;

  /** The event loop of the client stands still for `lasting` milliseconds, every so many. The service does not. */
  readonly stalls?: { readonly lasting: number; readonly every: number };

  /** How many instances make the calls, each by itself. @default 1 */
  readonly instances?: number;

  /** How many times as many calls as another instance the first one makes. @default 1 */
  readonly loud?: number;

  /** The fewest and the most calls after which a new instance, which has learned nothing, takes the client's place. */
  readonly lifetime?: readonly [fewest: number, most: number];
}

/** What a scenario is called in tables and on the command line. */
export function cellOf({ name, traffic }: Scenario): string {
  return `${name}@${traffic}`;
}

/** Which instance makes the calls of this place, from 0 to 1. */
export function instanceAt({ instances = 1, loud = 1 }: Scenario, place: number): number {
  const first = loud / (loud + instances - 1);
  return place < first ? 0 : 1 + Math.floor(((place - first) / (1 - first)) * (instances - 1));
}

/**
 * The scenario with all its times multiplied by a factor. Otherwise a breaker that probes every 10 s would be lucky with
 * every fault that ends after 20 s.
 */
export function stretched(scenario: Scenario, factor: number): Scenario {
  const faults = scenario.faults.map((fault) => ({ ...fault, from: fault.from * factor, to: fault.to * factor }));
  const bursts = scenario.bursts?.map((burst) => ({ ...burst, at: burst.at * factor, over: burst.over * factor }));
  return { ...scenario, faults, ...(bursts && { bursts }), duration: scenario.duration * factor };
}
