import { isFaultyAt } from '../scenarios/fault.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { FATES, type Journal } from '../simulation/journal.ts';
import { figuresOf } from './figures.ts';

/** What a run with a fleet cost, and when its instances noticed. */
export interface FleetFigures {
  /** As for one client, for 1,000 requests. */
  readonly cost: number;

  /** Milliseconds from the beginning of the first fault until the median instance refuses; `Infinity` if it never does. */
  readonly median: number;

  /** Calls that failed during faults. */
  readonly wasted: number;

  /** From the end of the last fault until requests are served again, in milliseconds. */
  readonly lag: number;

  /** The most calls in a second after the first fault ended, over what the service could then do. */
  readonly peak: number;

  /** Share of the requests refused during faults at the instances that are not hit. */
  readonly refusedWell: number;
}

const REFUSED = FATES.indexOf('refused');

/** @param hit how many instances, the first ones, are hit by the faults; all if absent */
export function fleetFiguresOf(scenario: Scenario, journal: Journal, hit?: number): FleetFigures {
  const { faults, instances = 1 } = scenario;
  const { cameAt, fate, instance, failedAt } = journal;
  const begin = Math.min(...faults.map(({ from }) => from));
  const noticed = new Array<number>(instances).fill(Number.POSITIVE_INFINITY);
  let well = 0;
  let refused = 0;
  for (const [request, at] of cameAt.entries()) {
    const which = instance[request] as number;
    const isRefused = fate[request] === REFUSED;
    if (isRefused && at >= begin) noticed[which] = Math.min(noticed[which] as number, at - begin);
    if (hit === undefined || which < hit || !isFaultyAt(faults, at)) continue;
    well++;
    if (isRefused) refused++;
  }
  const { cost, lag, peak } = figuresOf(scenario, journal);
  const wasted = failedAt.filter((at) => isFaultyAt(faults, at)).length;
  const median = noticed.sort((one, other) => one - other)[Math.floor(instances / 2)] as number;
  return { cost, median, wasted, lag, peak, refusedWell: refused / well };
}

/** The median of each figure over several runs, and the mean of the cost. */
export function typicalOf(runs: readonly FleetFigures[]): FleetFigures {
  const of = (name: keyof FleetFigures): number => {
    const values = runs.map((run) => run[name]).sort((one, other) => one - other);
    return values[Math.floor(values.length / 2)] as number;
  };
  const cost = runs.reduce((sum, run) => sum + run.cost, 0) / runs.length;
  const [median, wasted, lag, peak] = (['median', 'wasted', 'lag', 'peak'] as const).map(of) as [
    number,
    number,
    number,
    number,
  ];
  const refusedWell = runs.reduce((sum, run) => sum + run.refusedWell, 0) / runs.length;
  return { cost, median, wasted, lag, peak, refusedWell };
}
