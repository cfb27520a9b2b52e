import type { Delay } from '../detection/delay.ts';
import { MOST_FAIL } from '../detection/detections.ts';
import type { Figures } from '../figures/figures.ts';
import { differenceOf, estimate, excessOf } from '../results/excess.ts';
import type { Results } from '../results/results.ts';

/** Whose goals they are. */
export const JUDGED = 'default';

/** The most of what a figure is over some cells. */
export function mostOver(cells: readonly string[], name: keyof Figures): (results: Results) => number {
  return (results) => Math.max(...cells.map((cell) => results.figures(cell, JUDGED)[name]));
}

/** The most of its cost over that of another, in some cells. */
export function costOver(
  cells: readonly string[] | undefined,
  other: (results: Results, cell: string) => string,
): (results: Results) => number {
  return (results) => Math.max(...ratios(results, cells ?? results.cells, other));
}

/** The geometric mean of its cost over that of the best one of each cell. */
export function meanOverBest(results: Results): number {
  const logs = ratios(results, results.cells, (_, cell) => results.bestLocal(cell).name).map(Math.log);
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

function ratios(
  results: Results,
  cells: readonly string[],
  other: (results: Results, cell: string) => string,
): number[] {
  return cells.map((cell) => results.figures(cell, JUDGED).cost / results.figures(cell, other(results, cell)).cost);
}

/** Useful answers over those of the oracle while something is wrong, in a cell. */
export function usefulOverOracle(cell: string): (results: Results) => number {
  return (results) => results.figures(cell, JUDGED).useful / results.figures(cell, 'oracle').useful;
}

/** Fewer failures than this never open the circuit: one dropped connection can fail two calls. */
const FEWEST_FAILURES = 3;

/**
 * The most calls it needs to notice a change, over the fewest that a test needs which waits for three failures, at up to
 * `rate` calls a second.
 */
export function slownessAt(rate: number, of: 'all' | 'most'): (results: Results) => number {
  const fewest = of === 'all' ? FEWEST_FAILURES : FEWEST_FAILURES / MOST_FAIL;
  return ({ detections }) =>
    Math.max(
      ...detections
        .filter((detection) => detection.rate <= rate)
        .map((detection) => {
          const best = of === 'all' ? detection.bestOfAll : detection.bestOfMost;
          return (detection[of][JUDGED] as Delay).calls / Math.max(best, fewest);
        }),
    );
}

/** The longest it needs to notice that all calls fail, at that many calls a second. */
export function timeToNotice(rate: number): (results: Results) => number {
  return ({ detections }) =>
    Math.max(...detections.filter((each) => each.rate === rate).map(({ all }) => (all[JUDGED] as Delay).time));
}

/** How far the mean excess over the oracle may surely be said to be above that of the reference, at least. */
export function surelyAboveReference({ random }: Results): number {
  const { mean, within } = estimate(differenceOf(random, JUDGED, 'reference'));
  return mean - within;
}

/** Its mean excess over that of the best peer. */
export function excessOverBestPeer({ random, policies }: Results): number {
  const peers = policies.filter(({ kind }) => kind === 'peer').map(({ name }) => estimate(excessOf(random, name)).mean);
  return estimate(excessOf(random, JUDGED)).mean / Math.min(...peers);
}
