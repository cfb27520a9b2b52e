import type { Policy } from '../policies/policy.ts';
import { type Delay, delayOf } from './delay.ts';
import { Line } from './line.ts';
import { optimumOf } from './optimum.ts';

const RATES = [0.2, 50, 2_000];
const NOISES = [0.001, 0.01, 0.02, 0.05];
/** Calls between false alarms of the test that all are held against. */
const BETWEEN = 1e6;
/** The share that fails after the smaller change. */
export const MOST_FAIL = 0.75;

/** Shares of failures at which it must not trip, and calls a second. */
const QUIET = [0.001, 0.02, 0.05, 0.1, 0.2];
const QUIET_RATE = 50;

/** How soon each policy noticed a change, at one rate of traffic and one share of noise. */
export interface Detection {
  /** Calls per second, and the share of calls that fails at any time. */
  readonly rate: number;
  readonly noise: number;

  /** The fewest calls that any test needs if all calls fail after the change, and if three quarters do. */
  readonly bestOfAll: number;
  readonly bestOfMost: number;

  /** The delay of each policy, by name, in the same two cases. */
  readonly all: Readonly<Record<string, Delay>>;
  readonly most: Readonly<Record<string, Delay>>;
}

/**
 * How soon each policy notices, at each traffic and noise. The oracle, which need not notice, and no breaker are left
 * out.
 */
export async function detectionsOf(policies: readonly Policy[], seed: number, effort: number): Promise<Detection[]> {
  const found: Detection[] = [];
  for (const rate of RATES) {
    for (const noise of NOISES) {
      const all: Record<string, Delay> = {};
      const most: Record<string, Delay> = {};
      for (const policy of policies.filter(({ name }) => name !== 'none' && name !== 'oracle')) {
        all[policy.name] = await delayOf(policy, { rate, normal: noise, changed: 1, seed, effort });
        most[policy.name] = await delayOf(policy, { rate, normal: noise, changed: MOST_FAIL, seed, effort });
      }
      const [bestOfAll, bestOfMost] = [1, MOST_FAIL].map((changed) => optimumOf(noise, changed, BETWEEN).delay);
      found.push({ rate, noise, bestOfAll: bestOfAll as number, bestOfMost: bestOfMost as number, all, most });
    }
  }
  return found;
}

/** False trips of a policy in this number of calls, by the share of calls that fail. */
export function falseTripsByNoise(policy: Policy, calls: number, seed: number): Record<number, number> {
  return Object.fromEntries(QUIET.map((noise) => [noise, falseTripsOf(policy, QUIET_RATE, noise, calls, seed)]));
}

/**
 * The number of first refusals without any change in this number of calls. For policies without promises.
 */
export function falseTripsOf(policy: Policy, rate: number, noise: number, calls: number, seed: number): number {
  const line = new Line(policy, rate, seed);
  let trips = 0;
  let before = true;
  for (let call = 0; call < calls; call++) {
    const admitted = line.call(noise);
    if (before && !admitted) trips++;
    before = admitted;
  }
  return trips;
}
