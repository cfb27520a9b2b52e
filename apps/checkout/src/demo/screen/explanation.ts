import { type Figure, say, type Unit } from '@switchgear/dashboard/impact';
import Table from 'cli-table3';
import type { BothSides, Figures } from '../measure/figures.ts';
import type { Measured, Saved } from '../measure/savings.ts';
import { count, WIDTH, wrap } from './text.ts';

/** What `--explain` prints: how each figure is counted, and the savings in euros. */
export function explanationOf(result: BothSides & { readonly saved: Saved }): string {
  return [figuresOf(result), '', savingsOf(result.saved)].join('\n');
}

/** How each figure is counted. `lost`, `chargedTwice` and the cents decide the exit code. */
const COUNTED_AS: Readonly<Record<keyof Figures, string>> = {
  offered: 'orders in the schedule, the same at both shops',
  confirmed: 'customers who got "paid" (201)',
  queued: 'customers who got "accepted, payment queued" (202)',
  drained: 'queued orders that are marked paid and charged at the end',
  paidByAlternative: 'orders charged by the other provider, at once or later',
  degraded: 'accepted orders whose customer saw the last good copy of the product, or its number',
  refused: 'customers who got 503 with Retry-After',
  failed: 'any other answer, or none within 10 s',
  lost: 'told "paid" or "accepted", and at the end the order, or a charge said to be made, is missing',
  chargedTwice: 'orders charged more than once, by both providers together',
  callsToDeadService: 'requests that payments read while hanging, and connections they reset',
  callsToPayments: 'the same while they are well or slow, too',
  waitedMs: 'total waiting time of customers whose order was accepted',
  noticedMs: 'from payments becoming slow to the first customer whose payment was queued',
  recoveredMs: 'from the return of payments to the last payment that was queued because of them',
  p50Ms: 'median wait for an answer of any kind',
  p99Ms: 'the longest wait but for one customer in a hundred',
  outageMeanMs: 'average wait of customers who came while payments hung or refused',
  outageP99Ms: 'the longest of these waits but for one in a hundred',
  paidCents: 'amounts of all orders marked paid, those of the measurement before the scenario included',
  chargedCents: 'amounts that both providers charged',
};

function figuresOf({ with: ours, without: theirs }: BothSides): string {
  const lines = Object.entries(COUNTED_AS).flatMap(([name, meaning]) => {
    const [left, right] = [theirs, ours].map((side) => shown(side[name as keyof Figures]));
    return [`${name.padEnd(44)}${left?.padStart(18)}${right?.padStart(18)}`, ...wrap(`  ${meaning}`, WIDTH, '  ')];
  });
  return [
    `${'Every figure, by its name in --json'.padEnd(44)}${'without breakers'.padStart(18)}${'with breakers'.padStart(18)}`,
    ...lines,
  ].join('\n');
}

function shown(value: number | null): string {
  return value === null ? '-' : count(value);
}

/** How each saving was measured. */
const MEASURED_AS: Readonly<Record<keyof Measured, string>> = {
  callsSpared: 'calls to payments: without - with breakers',
  waitingAvoided: 'waiting time of accepted orders: without - with breakers',
  availabilityWith: 'accepted orders not lost / accepted, with breakers',
  availabilityWithout: 'calls answered by payments / all calls, without breakers',
  failedCallsAvoided: 'calls to dead payments: (without - with breakers) x price',
  revenueKept: '(orders kept with breakers - those that would have been paid at once without) x price',
  downtimeAvoided: 'availability gained x time observed x price',
  total: 'sum of the three amounts',
};

/** Each saving as estimated from the events of one shop and as measured on both, then the formulas. */
function savingsOf({ prices, estimated, measured }: Saved): string {
  const { currency, revenuePerCall, failedCall, minuteDown } = prices;
  const table = new Table({
    head: ['Saved by the payment breakers', 'estimated', 'measured'],
    colAligns: ['left', 'right', 'right'],
    colWidths: [31, 26, 19],
    style: { head: [], border: [], compact: true },
  });
  const formulas: string[] = [];
  for (const name of Object.keys(MEASURED_AS) as (keyof Measured)[]) {
    const figure: Figure | undefined = estimated.figures[name];
    if (!figure) continue;
    const { title, unit, low, high, formula } = figure;
    const [least, most] = endsOf(measured, name);
    table.push([title, amount(unit, low, high, currency), amount(unit, least, most, currency)]);
    formulas.push(
      title,
      ...wrap(`  estimated: ${formula}`, WIDTH, '    '),
      ...wrap(`  measured: ${MEASURED_AS[name]}`, WIDTH, '    '),
    );
  }
  return [
    table.toString(),
    ...wrap(
      `The prices are made up: ${revenuePerCall} ${currency} an order, ${failedCall} ${currency} a failed call, ` +
        `${minuteDown} ${currency} a minute of downtime. Estimates see only the events of the shop with breakers. How the ` +
        'refused calls would have ended is unknown, so they are ranges; and they compare with a shop that has no queue. ' +
        'Here both shops have one, so measured revenue and downtime begin at 0: the queue alone would have kept them.',
    ),
    '',
    ...formulas,
  ].join('\n');
}

/** Both ends of what was measured: what the queue would have kept without breakers need not be their merit. */
function endsOf(measured: Measured, name: keyof Measured): readonly [least: number, most: number] {
  const value = measured[name];
  if (name === 'total') return [Math.min(value, measured.failedCallsAvoided), value];
  return name === 'revenueKept' || name === 'downtimeAvoided' ? [Math.min(value, 0), value] : [value, value];
}

/** Money in whole units: the prices are made up, so cents would claim too much. */
function amount(unit: Unit, low: number, high: number, currency: string): string {
  if (unit !== 'money') return say({ unit, low, high });
  // Adding 0 makes a plain zero of the negative one.
  return say({ unit, low: Math.round(low) + 0, high: Math.round(high) + 0 }, currency);
}
