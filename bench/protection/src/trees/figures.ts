import { balancings } from './policies.ts';
import type { BalancingPolicy } from './policy.ts';
import { treeScenarios } from './scenarios.ts';
import { BEGIN, DURATION, END, type TreeJournal, type TreeScenario, World } from './world.ts';

/** Shares of the requests that got a useful answer. */
export interface TreeFigures {
  readonly before: number;
  readonly during: number;
  readonly after: number;
}

function shareOf({ came, useful }: TreeJournal, from: number, to: number): number {
  const sum = (counts: readonly number[]) => counts.slice(from / 1_000, to / 1_000).reduce((all, one) => all + one, 0);
  return sum(useful) / sum(came);
}

/** The mean over several runs, each with a seed of its own. */
export function playTree(scenario: TreeScenario, policy: BalancingPolicy, seeds: readonly number[]): TreeFigures {
  const journals = seeds.map((seed) => new World(scenario, policy, seed).run());
  const mean = (from: number, to: number) =>
    journals.reduce((sum, journal) => sum + shareOf(journal, from, to), 0) / journals.length;
  return { before: mean(BEGIN / 2, BEGIN), during: mean(BEGIN, END), after: mean(END, DURATION) };
}

/** A scenario and the figures of each policy by its name. */
export interface PlayedTree {
  readonly scenario: TreeScenario;
  readonly figures: Readonly<Record<string, TreeFigures>>;
}

/** Plays all scenarios with all policies. `tell` is told of each scenario as it has been played. */
export function playTrees(seed: number, runs: number, tell: (played: PlayedTree) => void): PlayedTree[] {
  const seeds = Array.from({ length: runs }, (_, run) => seed + run);
  return treeScenarios.map((scenario) => {
    const figures = Object.fromEntries(balancings.map((policy) => [policy.name, playTree(scenario, policy, seeds)]));
    const played = { scenario, figures };
    tell(played);
    return played;
  });
}
