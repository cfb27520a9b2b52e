import { textTable } from '@switchgear/bench/text-table';
import { policies } from '../policies/all-policies.ts';
import type { Scene } from '../scenes/scene.ts';
import { goalRows } from './goals.ts';
import { type Results, shown } from './results.ts';

/** Figures that the absence of a breaker has none of. */
const OF_BREAKERS = /^(reacted|closed|calls|untilOpen|moves)/;

/** All policies in one scene. */
export function sceneTable({ id, columns }: Scene, results: Results): string {
  const rows = policies.map(({ name }, i) => [
    name,
    ...Object.keys(columns).map((figure) =>
      i === 0 && OF_BREAKERS.test(figure) ? '' : cell(id, name, figure, results),
    ),
  ]);
  return textTable({ columns: ['policy', ...Object.values(columns)], rows });
}

function cell(scene: string, policy: string, figure: string, results: Results): string {
  const values = results.values(scene, policy, figure);
  // What never opened has no return to tell of.
  if (figure === 'closed' && results.values(scene, policy, 'reacted').every((each) => each === Infinity)) return '';
  return shown(values);
}

/** The scenes with a fault, and the cost of each policy over that of no breaker. */
export function summaryTable(scenes: readonly Scene[], results: Results): string {
  const compared = scenes.filter(({ columns }) => 'ratio' in columns);
  const rows = compared.map(({ id, title }) => [
    title,
    ...policies.slice(1).map(({ name }) => shown(results.values(id, name, 'ratio'))),
  ]);
  return textTable({ columns: ['', ...policies.slice(1).map(({ name }) => name)], rows });
}

/** What our default has to reach. */
export function goalTable(results: Results): string {
  return textTable({ columns: ['goal', 'at most', 'found', ''], rows: goalRows(results) });
}
