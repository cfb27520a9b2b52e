import type { Fault } from './fault.ts';

/** Everything that is given before the first call, and the same for every policy. Times in milliseconds. */
export interface Scenario {
  readonly name: string;

  /** Which traffic it has: `medium`. With the name it names a cell: `crash@medium`. */
  readonly traffic: string;

  /** Requests a second, on average; they come when they come (Poisson), whatever became of those before. */
  readonly rate: number;

  /** How many calls the service works on at once, and how long one takes on average (exponential). */
  readonly servers: number;
  readonly service: number;

  /** After so long a client gives a call up. The service does not hear of it. */
  readonly timeout: number;

  /** How often a client asks again after a failed call; not after a refusal. */
  readonly retries: number;

  /** Share of calls that fail at any time. */
  readonly noise: number;

  readonly faults: readonly Fault[];

  /** How long requests come. */
  readonly duration: number;

  /** How many times it is played, each with chances of its own. */
  readonly repeats: number;
}

/** What a scenario is called in tables and on the command line. */
export function cellOf({ name, traffic }: Scenario): string {
  return `${name}@${traffic}`;
}

/**
 * The same, with all its times longer or shorter by a factor. A breaker that asks every 10 s would otherwise be lucky
 * each time a fault of 20 s ends.
 */
export function stretched(scenario: Scenario, factor: number): Scenario {
  const faults = scenario.faults.map((fault) => ({ ...fault, from: fault.from * factor, to: fault.to * factor }));
  return { ...scenario, faults, duration: scenario.duration * factor };
}
