import type { Cell } from '@switchgear/bench/table';
import type { Judged } from '../goals/goal.ts';
import { JUDGED } from '../goals/measures.ts';
import { differenceOf, estimate, excessOf, shareWorseThanNone } from '../play/excess.ts';
import type { Played } from '../play/play.ts';
import type { Results } from '../results.ts';
import { cellOf } from '../scenarios/scenario.ts';
import { shown } from './shown.ts';

/** A table as it is printed and as it stands in the page. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** How each policy lived through one scenario. */
export function scenarioTable({ outcomes }: Played): Rows {
  const columns = [
    '',
    'cost',
    'goodput',
    'useful in the fault',
    'failed calls in it',
    'noticed after',
    'back after',
    'peak',
    'false refusals',
  ];
  const rows = Object.entries(outcomes).map(([name, figures]) => [
    name,
    shown(figures.cost),
    shown(100 * figures.goodput, '%'),
    shown(100 * figures.useful, '%'),
    shown(100 * figures.failing, '%'),
    shown(figures.detection, 'ms'),
    shown(figures.lag, 'ms'),
    shown(figures.peak, 'x'),
    shown(figures.falseRefusals),
  ]);
  return { columns, rows };
}

/** What every policy costs in every cell of a traffic. */
export function costTable({ catalogue, policies }: Results, traffic: string): Rows {
  const names = policies.map(({ name }) => name);
  const rows = catalogue
    .filter(({ scenario }) => scenario.traffic === traffic)
    .map(({ scenario, outcomes }) => [
      scenario.name,
      ...names.map((name) => shown(outcomes[name]?.cost ?? Number.NaN)),
    ]);
  return { columns: [traffic, ...names], rows };
}

/** Each policy over all scenarios. */
export function summaryTable(results: Results): Rows {
  const { policies, cells, random } = results;
  const columns = [
    '',
    'cost over the best',
    'worst',
    'where',
    'random: excess over the oracle',
    'over 5 % worse than none',
    'above the reference',
  ];
  const rows = policies.map(({ name }) => {
    const ratios = cells.map(
      (cell) => results.figures(cell, name).cost / results.figures(cell, results.bestLocal(cell).name).cost,
    );
    const worst = ratios.indexOf(Math.max(...ratios));
    const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
    const excess = estimate(excessOf(random, name));
    const above = estimate(differenceOf(random, name, 'reference'));
    return [
      name,
      shown(mean, 'x'),
      shown(ratios[worst] as number, 'x'),
      cells[worst],
      `${shown(excess.mean)} ± ${shown(excess.within)}`,
      shown(100 * shareWorseThanNone(random, name), '%'),
      `${shown(above.mean)} ± ${shown(above.within)}`,
    ];
  });
  return { columns, rows };
}

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

/** The random scenarios in which it costs most more than a peer, the best there or none, and how to see each again. */
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

/** Mean calls until a policy notices, as multiples of the fewest possible. */
export function detectionTable({ detections, policies }: Results, of: 'all' | 'most'): Rows {
  const names = policies.filter(({ name }) => detections[0]?.[of][name]).map(({ name }) => name);
  const rows = detections.map((detection) => {
    const best = of === 'all' ? detection.bestOfAll : detection.bestOfMost;
    const cells = names.map((name) => {
      const { calls, between } = detection[of][name] ?? { calls: Number.NaN, between: 0 };
      if (Number.isNaN(calls)) return `– (1 in ${shown(between)})`;
      const often = between < 10_000 ? ` (1 in ${shown(between)})` : '';
      return calls === Number.POSITIVE_INFINITY ? `never${often}` : `${shown(calls)}${often}`;
    });
    return [`${detection.rate} a second, ${detection.noise * 100} %`, shown(best), ...cells];
  });
  return { columns: ['', 'best possible', ...names], rows };
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
