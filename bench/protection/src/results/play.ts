import { type Figures, figuresOf, meanOf } from '../figures/figures.ts';
import type { Policy } from '../policies/policy.ts';
import { randomStream } from '../random/random-stream.ts';
import { cellOf, type Scenario, stretched } from '../scenarios/scenario.ts';
import { simulate } from '../simulation/simulate.ts';

/** By how much a repeat is longer or shorter than its scenario, at most. */
const STRETCH = 0.08;

/** Figures by the name of the policy. */
export type Outcomes = Readonly<Record<string, Figures>>;

/** A scenario, and how each policy lived it. */
export interface Played {
  readonly scenario: Scenario;
  readonly outcomes: Outcomes;
}

/** A repeat of a scenario: the same for every policy, its times a little off. */
export function repeatOf(scenario: Scenario, seed: number, repeat: number): { scenario: Scenario; seed: number } {
  const random = randomStream(seed, `${cellOf(scenario)} ${repeat}`);
  const factor = 1 + STRETCH * (2 * random() - 1);
  return { scenario: stretched(scenario, factor), seed: Math.floor(random() * 2 ** 32) };
}

/** Plays all repeats of a scenario with one policy. */
export async function playOne(scenario: Scenario, policy: Policy, seed: number): Promise<Figures> {
  const runs: Figures[] = [];
  for (let repeat = 0; repeat < scenario.repeats; repeat++) {
    const chosen = repeatOf(scenario, seed, repeat);
    runs.push(figuresOf(chosen.scenario, await simulate(chosen.scenario, policy, chosen.seed)));
  }
  return meanOf(runs);
}

/** Plays a scenario with every policy, all with the same chances. */
export async function play(scenario: Scenario, policies: readonly Policy[], seed: number): Promise<Played> {
  const outcomes: Record<string, Figures> = {};
  for (const policy of policies) {
    // A package has the clock of the process replaced, so there can only be one instance at a time.
    if (policy.isPackage && scenario.lifetime) continue;
    outcomes[policy.name] = await playOne(scenario, policy, seed);
  }
  return { scenario, outcomes };
}
