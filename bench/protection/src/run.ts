import { detectionsOf, falseTripsByNoise } from './detection/detections.ts';
import { overheadOfAdaptive } from './detection/overhead.ts';
import { JUDGED } from './goals/measures.ts';
import { type Played, play } from './play/play.ts';
import { policies, policyOf } from './policies/all-policies.ts';
import { Results } from './results.ts';
import { catalogue } from './scenarios/catalogue.ts';
import { randomScenario } from './scenarios/random-scenario.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** What to run. */
export interface Wish {
  readonly seed: number;

  /** How many random scenarios. */
  readonly random: number;

  /** Calls in which false trips are counted, at each share of failures. */
  readonly quietCalls: number;

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
  const { seed, quietCalls } = wish;
  const overhead = overheadOfAdaptive();
  return new Results({
    seed,
    policies,
    overhead,
    catalogue: await playAll(catalogue, wish),
    random: await playAll(randomScenarios(seed, wish.random), wish),
    detections: await detectionsOf(policies, seed),
    falseTrips: falseTripsByNoise(policyOf(JUDGED), quietCalls, seed),
  });
}
