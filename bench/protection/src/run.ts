import { detectionsOf, falseTripsByNoise } from './detection/detections.ts';
import { overheadOfDefault } from './detection/overhead.ts';
import { JUDGED } from './goals/measures.ts';
import { policies, policyOf } from './policies/all-policies.ts';
import type { Policy } from './policies/policy.ts';
import { type Played, play } from './results/play.ts';
import { Results } from './results/results.ts';
import { randomScenario } from './scenarios/random-scenario.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Workload } from './scenarios/workload.ts';

/** Calls in which false trips are counted, at each share of failures. */
const QUIET_CALLS = 1e7;

/** What to run. */
export interface Wish {
  readonly seed: number;

  readonly catalogue: readonly Scenario[];
  readonly random: readonly Scenario[];
  readonly workloads: readonly Workload[];

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
  who: readonly Policy[] = policies,
): Promise<Played[]> {
  const all: Played[] = [];
  for (const scenario of scenarios) {
    const played = await play(scenario, who, seed);
    tell(played);
    all.push(played);
  }
  return all;
}

/** Plays some workloads, each with the policies that can play it. */
export async function playWorkloads(
  workloads: readonly Workload[],
  wish: Pick<Wish, 'seed' | 'tell'>,
): Promise<Played[]> {
  const all: Played[] = [];
  for (const workload of workloads) all.push(...(await playAll([workload.scenario], wish, playersOf(workload))));
  return all;
}

/** The oracle knows nothing of bursts, and the reference is what the default was. */
function playersOf({ long }: Workload): Policy[] {
  return policies.filter(({ name, kind }) => name === 'none' || name === JUDGED || (kind !== 'bound' && !long));
}

/** Runs the whole bench. */
export async function run(wish: Wish): Promise<Results> {
  const { seed, effort } = wish;
  const overhead = overheadOfDefault(effort);
  return new Results({
    seed,
    policies,
    overhead,
    catalogue: await playAll(wish.catalogue, wish),
    random: await playAll(wish.random, wish),
    workloads: await playWorkloads(wish.workloads, wish),
    detections: await detectionsOf(wish.measured, seed, effort),
    falseTrips: falseTripsByNoise(policyOf(JUDGED), effort * QUIET_CALLS, seed),
  });
}
