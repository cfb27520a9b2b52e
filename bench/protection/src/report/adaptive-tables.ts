import type { Judged } from '../goals/goal.ts';
import { JUDGED } from '../goals/measures.ts';
import type { Results } from '../results/results.ts';
import { cellOf } from '../scenarios/scenario.ts';
import { type Rows, shown } from './rows.ts';

/** A peer must be better by this much to be named: less is chance. */
const CLEARLY = 1.03;

/** The cells in which a peer, or no breaker, costs clearly less. */
export function worseTable(results: Results): Rows {
  const rows = results.cells
    .map((cell) => {
      const best = [results.bestPeer(cell), { name: 'none' }].toSorted(
        (one, other) => results.figures(cell, one.name).cost - results.figures(cell, other.name).cost,
      )[0] as { name: string };
      const [ours, theirs] = [results.figures(cell, JUDGED).cost, results.figures(cell, best.name).cost];
      return { cell, ours, theirs, name: best.name, ratio: ours / theirs };
    })
    .filter(({ ratio }) => ratio > CLEARLY)
    .toSorted((one, other) => other.ratio - one.ratio)
    .map(({ cell, ours, theirs, name, ratio }) => [cell, shown(ours), shown(theirs), name, shown(ratio, 'x')]);
  return { columns: ['cell', JUDGED, 'better', 'who', 'over'], rows };
}

/** The random scenarios with the largest difference to the cheapest peer or no breaker, and how to replay each. */
export function worstRandomTable({ random, policies, seed }: Results, count: number): Rows {
  const others = policies.filter(({ kind, name }) => kind === 'peer' || name === 'none').map(({ name }) => name);
  const rows = random
    .map(({ scenario, outcomes }) => {
      const costs = others.map((name) => ({ name, cost: outcomes[name]?.cost ?? Number.NaN }));
      const best = costs.reduce((least, each) => (each.cost < least.cost ? each : least));
      const ours = outcomes[JUDGED]?.cost ?? Number.NaN;
      return { scenario, ours, best, more: ours - best.cost };
    })
    .toSorted((one, other) => other.more - one.more)
    .slice(0, count)
    .map(({ scenario, ours, best }) => [
      cellOf(scenario),
      shown(scenario.rate),
      shown(ours),
      shown(best.cost),
      best.name,
      `\`--seed ${seed} --only ${scenario.name}\``,
    ]);
  return { columns: ['scenario', 'calls a second', JUDGED, 'better', 'who', 'again'], rows };
}

/** The goals beside what was found. */
export function goalTable(judged: readonly Judged[]): Rows {
  const rows = judged.map(({ goal, figure, met }) => [
    String(goal.number),
    goal.what,
    goal.atMost === undefined
      ? `at least ${shown(goal.atLeast ?? 0, goal.unit)}`
      : `at most ${shown(goal.atMost, goal.unit)}`,
    shown(figure, goal.unit),
    met ? 'met' : '**missed**',
  ]);
  return { columns: ['', 'goal', 'set', 'found', ''], rows };
}
