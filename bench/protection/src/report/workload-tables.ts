import { JUDGED } from '../goals/measures.ts';
import type { Results } from '../results/results.ts';
import { cellOf } from '../scenarios/scenario.ts';
import type { Workload } from '../scenarios/workload.ts';
import { workloads } from '../scenarios/workloads.ts';
import { type Rows, shown } from './rows.ts';

/** Workloads of the page: those without a fault, and the others. */
export const free: readonly Workload[] = workloads.filter(({ scenario }) => scenario.faults.length === 0);
export const faulty: readonly Workload[] = workloads.filter(({ scenario }) => scenario.faults.length > 0);

/** Cost over that of no breaker, of the judged policy and its peers. What is more than wanted is bold. */
export function workloadTable(results: Results, chosen: readonly Workload[]): Rows {
  const peers = results.policies
    .filter(({ name, kind }) => kind === 'peer' || name === 'classic')
    .map(({ name }) => name);
  const rows = chosen.map(({ scenario, wanted }) => {
    const cell = cellOf(scenario);
    const none = results.figures(cell, 'none').cost;
    const ours = results.figures(cell, JUDGED);
    const { overNone, refused = Number.POSITIVE_INFINITY, limited = Number.POSITIVE_INFINITY } = wanted;
    const over = (name: string): string => {
      const cost = results.costIn(cell, name);
      return cost === undefined ? '' : shown(cost / none);
    };
    return [
      cell,
      bold(shown(ours.cost / none), ours.cost / none > overNone),
      bold(shown(ours.falseRefusals), ours.falseRefusals > refused),
      bold(shown(ours.limited), ours.limited > limited),
      ...peers.map(over),
    ];
  });
  return { columns: ['workload', JUDGED, 'refused of 1,000', 'limits a day', ...peers], rows };
}

function bold(text: string, missed: boolean): string {
  return missed ? `**${text}**` : text;
}
