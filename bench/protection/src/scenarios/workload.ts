import type { Burst, Scenario } from './scenario.ts';

/** What is asked of a breaker in a workload. */
export interface Wanted {
  /** Its cost over that of no breaker. */
  readonly overNone: number;

  /** Requests refused while nothing is wrong, for 1,000. */
  readonly refused?: number;

  /** Times a day that it begins to limit the traffic. */
  readonly limited?: number;
}

/** A shape of traffic or of a service that the catalogue does not have. */
export interface Workload {
  readonly story: string;
  readonly scenario: Scenario;
  readonly wanted: Wanted;

  /** Too many calls to be played with all policies: no breaker and the judged one only. */
  readonly long?: true;
}

/** Time enough for any queue of a healthy service. */
const PATIENT = 10_000;

/** A service of `servers`, which works on a call for 20 ms on average and is healthy; and its clients. */
export function healthy(name: string, traffic: string, changes: Partial<Scenario>): Scenario {
  const usual = { rate: 0, servers: 10, service: 20, timeout: PATIENT, retries: 0, noise: 0.001, faults: [] };
  return { name, traffic, ...usual, duration: 300_000, repeats: 2, ...changes };
}

/** The same number of calls again and again until `duration`, for the first time after `every`. */
export function again(calls: number, every: number, duration: number, over: number = 0): Burst[] {
  return Array.from({ length: Math.floor((duration - 1) / every) }, (_, i) => ({ at: (i + 1) * every, calls, over }));
}
