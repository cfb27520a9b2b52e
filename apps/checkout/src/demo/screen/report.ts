import { type Figure, say, type Unit } from '@switchgear/dashboard/impact';
import Table from 'cli-table3';
import type { BothSides, Figures } from '../measure/figures.ts';
import type { Measured, Saved } from '../measure/savings.ts';

const count = (value: number | null) => (value ?? 0).toLocaleString('en');
const seconds = (otherwise: string) => (value: number | null) => {
  if (value === null) return otherwise;
  return value < 1_000 ? `${value} ms` : `${(value / 1_000).toFixed(1)} s`;
};

type Row = readonly [label: string, figure: keyof Figures, show: (value: number | null) => string];

const ROWS: readonly Row[] = [
  ['Orders placed by customers', 'offered', count],
  ['Paid immediately', 'confirmed', count],
  ['Accepted, payment queued', 'queued', count],
  ['  of which paid by the end', 'drained', count],
  ['Paid by the alternative provider', 'paidByAlternative', count],
  ['Accepted with fallback product data', 'degraded', count],
  ['Refused with Retry-After', 'refused', count],
  ['Failed', 'failed', count],
  ['Accepted orders lost', 'lost', count],
  ['Customers charged twice', 'chargedTwice', count],
  ['Calls to the dead payment service', 'callsToDeadService', count],
  ['Slow payments noticed after', 'noticedMs', seconds('never')],
  ['Queue drained after recovery', 'recoveredMs', seconds('not in time')],
  ['Waiting time, median', 'p50Ms', seconds('-')],
  ['Waiting time, p99', 'p99Ms', seconds('-')],
  ['  during the payment outage', 'outageP99Ms', seconds('-')],
];

/** The figures of both shops side by side. */
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

/** How each figure was measured. */
const MEASURED_AS: Readonly<Record<keyof Measured, string>> = {
  callsSpared: 'calls to payments: without − with breakers',
  waitingAvoided: 'waiting time of accepted orders: without − with breakers',
  availabilityWith: 'accepted orders not lost ÷ accepted, with breakers',
  availabilityWithout: 'calls answered by payments ÷ all calls, without breakers',
  failedCallsAvoided: 'calls to dead payments: (without − with breakers) × price',
  revenueKept: '(orders kept with breakers − those that would have been paid at once without) × price',
  downtimeAvoided: 'availability gained × time observed × price',
  total: 'sum of the three amounts',
};

/** The impact report: each figure as estimated and as measured, followed by the formulas. */
export function reportOf({ prices, estimated, measured }: Saved): string {
  const { currency, revenuePerCall, failedCall, minuteDown } = prices;
  const table = new Table({
    head: ['Saved by the payment breakers', 'estimated', 'measured'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  const lines: string[] = [];
  for (const name of Object.keys(MEASURED_AS) as (keyof Measured)[]) {
    const figure: Figure | undefined = estimated.figures[name];
    if (!figure) continue;
    const { title, unit, formula } = figure;
    const money = unit === 'money' ? currency : '';
    table.push([title, say(figure, money), formatMeasured(measured[name], unit, money)]);
    lines.push(`  ${title}`, `    estimated  ${formula}`, `    measured   ${MEASURED_AS[name]}`);
  }
  return [
    table.toString(),
    `Made-up prices: order ${revenuePerCall} ${currency}, failed call ${failedCall} ${currency}, minute of downtime ${minuteDown} ${currency}.`,
    'Estimates come from impact(), which sees only the events of the shop with breakers; measurements compare both shops.',
    'The estimates assume a shop without breakers and without the queue. Here both shops have the queue, which keeps their',
    'orders; the breakers only save calls and waiting time.',
    ...lines,
  ].join('\n');
}

/** Measured values may be negative, which is a loss. */
function formatMeasured(value: number, unit: Unit, currency: string): string {
  const amount = Math.abs(value);
  return `${value < 0 ? '-' : ''}${say({ unit, low: amount, high: amount }, currency)}`;
}
