import { type Figure, type Impact, say, type Unit } from '@switchgear/dashboard/impact';
import Table from 'cli-table3';
import type { Prices } from '../orders/prices.ts';
import type { BothSides } from './figures.ts';
import { type Measured, measuredOf } from './measured.ts';

/** What the breakers around payments saved, at the shop's prices: as `impact` estimates it, and as both sides were counted. */
export interface Saved {
  readonly prices: Prices;
  readonly estimated: Impact;
  readonly measured: Measured;
}

/** Asks the shop with breakers what they saved, and counts the same on both sides. */
export function savedOf(estimated: Impact, sides: BothSides, prices: Prices): Saved {
  const minutes = (estimated.until - estimated.since) / 60_000;
  return { prices, estimated, measured: measuredOf(sides, prices, minutes) };
}

/** How each figure was counted, in a line. */
const COUNTED: Readonly<Record<keyof Measured, string>> = {
  callsSpared: 'calls payments got without, less those with',
  waitingAvoided: 'what customers of accepted orders waited without, less with',
  availabilityWith: 'accepted orders not lost ÷ accepted, with',
  availabilityWithout: 'calls that payments answered ÷ all they got, without',
  failedCallsAvoided: 'calls to dead payments without, less with, × price',
  revenueKept: '(orders kept, with, less as large a share of them as was paid at once without) × price',
  downtimeAvoided: 'availability gained × time observed × price',
  total: 'the sum of the three',
};

/** The impact report: each figure estimated and counted, and below it how. */
export function reportOf({ prices, estimated, measured }: Saved): string {
  const { currency, revenuePerCall, failedCall, minuteDown } = prices;
  const table = new Table({
    head: ['What the breakers around payments saved', 'estimated', 'counted'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  const lines: string[] = [];
  for (const name of Object.keys(COUNTED) as (keyof Measured)[]) {
    const figure: Figure | undefined = estimated.figures[name];
    if (!figure) continue;
    const { title, unit, formula } = figure;
    const money = unit === 'money' ? currency : '';
    table.push([title, say(figure, money), sayOne(measured[name], unit, money)]);
    lines.push(`  ${title}`, `    estimated  ${formula}`, `    counted    ${COUNTED[name]}`);
  }
  return [
    table.toString(),
    `Invented prices: an order ${revenuePerCall} ${currency}, a failed call ${failedCall} ${currency}, a minute down ${minuteDown} ${currency}.`,
    'Estimated by impact() from the events of the side with breakers alone; counted on both sides. "Without" is without',
    'breakers and without the queue; here the queue keeps the orders of both shops, and breakers spare calls and waiting.',
    ...lines,
  ].join('\n');
}

/** What was counted may be a loss, also of time. */
function sayOne(value: number, unit: Unit, currency: string): string {
  const amount = Math.abs(value);
  return `${value < 0 ? '-' : ''}${say({ unit, low: amount, high: amount }, currency)}`;
}
