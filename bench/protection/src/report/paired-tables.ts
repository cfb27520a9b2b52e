import { JUDGED } from '../goals/measures.ts';
import { differenceOf, estimate, excessOf, shareWorseThanNone } from '../results/excess.ts';
import type { Played } from '../results/play.ts';
import { cellOf } from '../scenarios/scenario.ts';
import { type Rows, shown } from './rows.ts';

/** The judged policy and others in the same random scenarios. */
export function pairedTable(random: readonly Played[], others: readonly string[]): Rows {
  const ours = estimate(excessOf(random, JUDGED)).mean;
  const rows = [JUDGED, ...others].map((name) => {
    const excess = estimate(excessOf(random, name));
    const less = estimate(differenceOf(random, JUDGED, name));
    return [
      name,
      `${shown(excess.mean)} ± ${shown(excess.within)}`,
      shown(excess.mean / ours, 'x'),
      shown(100 * shareWorseThanNone(random, name), '%'),
      ...(name === JUDGED ? ['', ''] : [`${shown(less.mean)} ± ${shown(less.within)}`, shown(less.mean - less.within)]),
    ];
  });
  const columns = ['', 'excess over the oracle', `over the ${JUDGED}'s`, 'over 5 % worse than none'];
  return { columns: [...columns, `${JUDGED} minus this`, 'its lower bound'], rows };
}

/** The cost of the judged policy over that of others, over some cells. */
export function ratioTable(cells: readonly Played[], others: readonly string[]): Rows {
  const rows = others.map((name) => {
    const ratios = cells.map(({ outcomes }) => costOf(outcomes, JUDGED) / costOf(outcomes, name));
    const worst = ratios.indexOf(Math.max(...ratios));
    const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
    return [name, shown(mean, 'x'), shown(ratios[worst] as number, 'x'), cellOf((cells[worst] as Played).scenario)];
  });
  return { columns: [`${JUDGED} over`, 'geometric mean', 'worst', 'where'], rows };
}

function costOf(outcomes: Played['outcomes'], name: string): number {
  return outcomes[name]?.cost ?? Number.NaN;
}
