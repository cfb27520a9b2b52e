import type { Breaker, Millis } from '@switchgear/core';
import { isBreaker, requireBreaker, requireBreakers } from '../check/require.ts';
import type { History } from '../history/history.ts';
import { historyOf } from '../history/observe.ts';
import type { ObservedHistory } from '../history/observed-history.ts';
import { addTallies, type Tally, tallyOf } from '../history/tally.ts';
import { availabilityFigures } from './availability.ts';
import { countedFigures } from './counted.ts';
import type { Figures, Parts, UnknownFigure } from './figure.ts';
import { moneyFigures } from './money.ts';
import { type PriceOptions, requirePrices } from './prices.ts';

/** What breakers saved. */
export interface Impact {
  /** From when to when, in milliseconds since 1970. */
  readonly since: Millis;
  readonly until: Millis;
  readonly currency: string;
  readonly figures: Figures;
  readonly unknown: readonly UnknownFigure[];
}

/**
 * What breakers saved since observation began, counted from their events, each figure with its formula. How refused calls would have
 * ended is unknown, so figures that depend on it are ranges: from all of them failing, to succeeding at the rate before the circuit opened.
 *
 * @param breakers a collection given to `observe` or to a dashboard, some of its breakers, or a history
 * @throws {TypeError} if `breakers` contains something other than observed breakers; {TypeError | RangeError} for an invalid price
 */
export function impact(breakers: Iterable<Breaker> | History, prices: PriceOptions = {}): Impact {
  requirePrices(prices);
  const { history, tally } = observed(breakers);
  const until = history.options.wall();
  const settled = history.options.outcomes;
  const unknown: UnknownFigure[] = [];
  const parts: Parts = { tally, isSettledKnown: settled, observed: until - history.since, prices, unknown };
  const figures = { ...countedFigures(parts), ...availabilityFigures(parts), ...moneyFigures(parts) };
  return { since: history.since, until, currency: prices.currency ?? '', figures, unknown };
}

function observed(breakers: Iterable<Breaker> | History): { history: ObservedHistory; tally: Tally } {
  const history = isBreaker(breakers) ? undefined : historyOf(breakers);
  if (history) {
    history.refresh();
    return { history, tally: sum([...history.records.values()].map(tallyOf), history.gone) };
  }
  requireBreakers('impact breakers', breakers);
  return someOf(breakers);
}

function someOf(breakers: Iterable<Breaker>): { history: ObservedHistory; tally: Tally } {
  let history: ObservedHistory | undefined;
  const tallies: Tally[] = [];
  let index = 0;
  for (const breaker of breakers) {
    requireBreaker(`impact breakers[${index++}]`, breaker);
    history = historyOf(breaker);
    const record = history?.recordOf(breaker);
    if (!record)
      throw new TypeError(
        `Switchgear: impact: breaker "${breaker.name}" is not observed; call observe(breakers) first`,
      );
    tallies.push(tallyOf(record));
  }
  if (!history)
    throw new TypeError('Switchgear: impact: these breakers are not observed; call observe(breakers) first');
  return { history, tally: sum(tallies) };
}

const NOTHING: Tally = {
  succeeded: 0,
  failed: 0,
  spared: 0,
  sparedAtBest: 0,
  waitingIfAllFailed: 0,
  waitingAtBest: 0,
  isWaitingKnown: true,
  recoveries: 0,
  recoveryTime: 0,
  served: undefined,
  unserved: undefined,
};

function sum(tallies: readonly Tally[], gone: Tally = NOTHING): Tally {
  return tallies.reduce(addTallies, gone);
}
