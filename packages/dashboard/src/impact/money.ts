import { availability, NOT_COUNTED } from './availability.ts';
import { type Figure, type Figures, figures, type Parts } from './figure.ts';

type Priced = Pick<Figures, 'failedCallsAvoided' | 'revenueKept' | 'downtimeAvoided' | 'total'>;

/**
 * The value of the figures at the given prices. All ranges come from the same unknown, so low ends add up to a low end, and high ends
 * to a high end.
 */
export function moneyFigures(parts: Parts): Priced {
  const priced: Priced = { ...failures(parts), ...revenue(parts), ...downtime(parts) };
  const all = Object.values(priced);
  return all.length > 1 ? { ...priced, total: sum(all) } : priced;
}

function failures({ tally: { spared, sparedAtBest }, prices: { failedCall } }: Parts): Priced {
  if (failedCall === undefined) return {};
  const least = spared - sparedAtBest;
  const failedCallsAvoided: Figure = {
    title: 'Failed calls avoided',
    meaning: 'Cost of the spared calls that would have failed.',
    formula: `${range(least, spared, 0)} calls × ${figures(failedCall, 4)}`,
    unit: 'money',
    low: least * failedCall,
    high: spared * failedCall,
  };
  return { failedCallsAvoided };
}

function revenue({ tally, isSettledKnown, prices: { revenuePerCall }, unknown }: Parts): Priced {
  if (revenuePerCall === undefined) return {};
  if (!isSettledKnown) {
    unknown.push({ title: 'Revenue kept', why: NOT_COUNTED });
    return {};
  }
  const { served = 0, sparedAtBest } = tally;
  const revenueKept: Figure = {
    title: 'Revenue kept',
    meaning: 'Revenue of calls answered by fallbacks, minus that of refused calls that would have succeeded.',
    formula: `(${figures(served, 0)} − ${range(0, sparedAtBest, 0)}) × ${figures(revenuePerCall, 4)}`,
    unit: 'money',
    low: (served - sparedAtBest) * revenuePerCall,
    high: served * revenuePerCall,
  };
  return { revenueKept };
}

function downtime(parts: Parts): Priced {
  const { minuteDown } = parts.prices;
  if (minuteDown === undefined) return {};
  const shares = availability(parts);
  if (!shares) {
    parts.unknown.push({ title: 'Downtime avoided', why: 'availability is unknown' });
    return {};
  }
  const minutes = parts.observed / 60_000;
  const least = shares.with - shares.withoutAtMost;
  const most = shares.with - shares.withoutAtLeast;
  const downtimeAvoided: Figure = {
    title: 'Downtime avoided',
    meaning: 'Availability gained over the observed time, at the price of a minute of downtime.',
    formula: `${range(least * 100, most * 100, 2)} % × ${figures(minutes, 1)} min × ${figures(minuteDown, 4)}`,
    unit: 'money',
    low: least * minutes * minuteDown,
    high: most * minutes * minuteDown,
  };
  return { downtimeAvoided };
}

function sum(all: readonly Figure[]): Figure {
  return {
    title: 'Total savings',
    meaning: 'Sum of the amounts above.',
    formula: all.map(({ title }) => title.toLowerCase()).join(' + '),
    unit: 'money',
    low: all.reduce((total, { low }) => total + low, 0),
    high: all.reduce((total, { high }) => total + high, 0),
  };
}

function range(low: number, high: number, digits: number): string {
  const [from, to] = [figures(low, digits), figures(high, digits)];
  return from === to ? from : `(${from} to ${to})`;
}
