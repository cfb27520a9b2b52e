import { estimate, excessOf, shareWorseThanNone } from '../results/excess.ts';
import type { Played } from '../results/play.ts';
import type { Results } from '../results/results.ts';
import { type Rows, shown } from './rows.ts';

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
    'random: excess over the oracle',
    'over 5 % worse than none',
    'cost over the best',
    'worst',
    'where',
  ];
  const rows = policies.map(({ name }) => {
    const ratios = cells.map(
      (cell) => results.figures(cell, name).cost / results.figures(cell, results.bestLocal(cell).name).cost,
    );
    const worst = ratios.indexOf(Math.max(...ratios));
    const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
    const excess = estimate(excessOf(random, name));
    return [
      name,
      `${shown(excess.mean)} ± ${shown(excess.within)}`,
      shown(100 * shareWorseThanNone(random, name), '%'),
      shown(mean, 'x'),
      shown(ratios[worst] as number, 'x'),
      cells[worst],
    ];
  });
  return { columns, rows };
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
