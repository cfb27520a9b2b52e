import { detectionsOf, falseTripsByNoise } from './detection/detections.ts';
import { overheadOfAdaptive } from './detection/overhead.ts';
import { JUDGED } from './goals/measures.ts';
import { policies, policyOf } from './policies/all-policies.ts';
import type { Policy } from './policies/policy.ts';
import { type Played, play } from './results/play.ts';
import { Results } from './results/results.ts';
import { randomScenario } from './scenarios/random-scenario.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** Calls in which false trips are counted, at each share of failures. */
const QUIET_CALLS = 1e7;

/** What to run. */
export interface Wish {
  readonly seed: number;

  readonly catalogue: readonly Scenario[];
  readonly random: readonly Scenario[];

  /** Whose delays are measured: to fill windows takes long. */
  readonly measured: readonly Policy[];

  /** Share of the calls with which false trips and delays are measured: 1 but for a quick look. */
  readonly effort: number;

  /** Told of each scenario as it has been played. */
  readonly tell: (played: Played) => void;
}

/** Random scenarios of a seed. */
export function randomScenarios(seed: number, count: number): Scenario[] {
  return Array.from({ length: count }, (_, number) => randomScenario(seed, number));
}

/** Plays some scenarios, one after the other. */
export async function playAll(
  scenarios: readonly Scenario[],
  { seed, tell }: Pick<Wish, 'seed' | 'tell'>,
): Promise<Played[]> {
  const all: Played[] = [];
  for (const scenario of scenarios) {
    const played = await play(scenario, policies, seed);
    tell(played);
    all.push(played);
  }
  return all;
}

/** Runs the whole bench. */
export async function run(wish: Wish): Promise<Results> {
  const { seed, effort } = wish;
  const overhead = overheadOfAdaptive(effort);
  return new Results({
    seed,
    policies,
    overhead,
    catalogue: await playAll(wish.catalogue, wish),
    random: await playAll(wish.random, wish),
    detections: await detectionsOf(wish.measured, seed, effort),
    falseTrips: falseTripsByNoise(policyOf(JUDGED), effort * QUIET_CALLS, seed),
  });
}
