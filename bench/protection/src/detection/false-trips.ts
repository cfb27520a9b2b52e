import type { Policy } from '../policies/policy.ts';
import { Line } from './line.ts';

/**
 * How often a policy that runs without promises refuses for the first time although nothing has changed, in so many
 * calls.
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
