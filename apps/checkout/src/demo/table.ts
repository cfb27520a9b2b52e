import Table from 'cli-table3';
import type { BothSides, Figures } from './figures.ts';

const count = (value: number | null) => (value ?? 0).toLocaleString('en');
const seconds = (otherwise: string) => (value: number | null) => {
  if (value === null) return otherwise;
  return value < 1_000 ? `${value} ms` : `${(value / 1_000).toFixed(1)} s`;
};

type Row = readonly [label: string, figure: keyof Figures, show: (value: number | null) => string];

const ROWS: readonly Row[] = [
  ['Customers who wanted to order', 'offered', count],
  ['Paid at once', 'confirmed', count],
  ['Accepted, payment to follow', 'queued', count],
  ['  of which paid by the end', 'drained', count],
  ['Paid by the alternative provider', 'paidByAlternative', count],
  ['Accepted without the product service', 'degraded', count],
  ['Turned away, told when to come back', 'refused', count],
  ['Got an error', 'failed', count],
  ['Accepted orders lost', 'lost', count],
  ['Customers charged twice', 'chargedTwice', count],
  ['Calls to the dead payment service', 'callsToDeadService', count],
  ['Trouble noticed after', 'noticedMs', seconds('never')],
  ['Back to normal after', 'recoveredMs', seconds('not in time')],
  ['A customer usually waited', 'p50Ms', seconds('-')],
  ['99 of 100 waited at most', 'p99Ms', seconds('-')],
  ['  while payments were dead', 'outageP99Ms', seconds('-')],
];

/** The figures side by side, in words that need no glossary. */
export function tableOf(result: BothSides): string {
  const table = new Table({
    head: ['', 'without breakers', 'with breakers'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const [label, figure, show] of ROWS)
    table.push([label, show(result.without[figure]), show(result.with[figure])]);
  return table.toString();
}
