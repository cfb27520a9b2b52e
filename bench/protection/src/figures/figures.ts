import { isFaultyAt } from '../scenarios/fault.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { FATES, type Journal } from '../simulation/journal.ts';

/** What a run cost, and what became of its requests. Shares are from 0 to 1; times in milliseconds. */
export interface Figures {
  /** 1 for a lost request, 0.25 for a failed call, 0.75 for a second of waiting; for 1,000 requests. */
  readonly cost: number;

  /** Share of the requests that got a useful answer. */
  readonly goodput: number;

  /**
   * Useful answers and failed calls to requests that came while something was wrong, as shares of those. `NaN` where
   * nothing was.
   */
  readonly useful: number;
  readonly failing: number;

  /** From the beginning of the first fault to the first refusal after it; `Infinity` if there was none. */
  readonly detection: number;

  /** From the end of the last fault until requests are served again. */
  readonly lag: number;

  /** The most calls in a second after the first fault ended, over what the service could then do. */
  readonly peak: number;

  /** Requests refused while nothing was wrong, for 1,000. */
  readonly falseRefusals: number;

  /** Times a day that the breaker began to limit traffic without an open period. */
  readonly limited: number;

  /** Calls from the beginning of the first fault to the first refusal after it. */
  readonly noticed: number;
}

const USEFUL = FATES.indexOf('useful');
const REFUSED = FATES.indexOf('refused');
const SERVED = 0.9;
const DAY = 86_400_000;

/** Sums up a run. */
export function figuresOf(scenario: Scenario, journal: Journal): Figures {
  const { faults } = scenario;
  const { cameAt, fate, waited, calledAt, failedAt } = journal;
  const first = Math.min(...faults.map(({ from }) => from));
  let useful = 0;
  let wait = 0;
  let during = 0;
  let usefulDuring = 0;
  let falseRefusals = 0;
  let detectedAt = Number.POSITIVE_INFINITY;
  for (let i = 0; i < cameAt.length; i++) {
    const at = cameAt[i] as number;
    wait += waited[i] as number;
    const faulty = isFaultyAt(faults, at);
    if (faulty) during++;
    if (fate[i] === USEFUL) {
      useful++;
      if (faulty) usefulDuring++;
    } else if (fate[i] === REFUSED) {
      if (!faulty) falseRefusals++;
      if (at >= first && detectedAt === Number.POSITIVE_INFINITY) detectedAt = at;
    }
  }
  const requests = cameAt.length;
  const failing = failedAt.filter((at) => isFaultyAt(faults, at)).length;
  return {
    cost: (1_000 * (requests - useful + 0.25 * failedAt.length + (0.75 * wait) / 1_000)) / requests,
    goodput: useful / requests,
    useful: usefulDuring / during,
    failing: failing / during,
    detection: detectedAt - first,
    lag: recoveryLag(scenario, journal),
    peak: peakOf(scenario, journal),
    falseRefusals: (1_000 * falseRefusals) / requests,
    limited: (journal.limited * DAY) / scenario.duration,
    noticed: calledAt.filter((at) => at >= first && at < detectedAt).length,
  };
}

/** A second in which the service could do nothing has no peak. */
function peakOf({ faults }: Scenario, { calledAt, capacity }: Journal): number {
  const first = Math.min(...faults.map(({ to }) => to));
  const calls = new Map<number, number>();
  for (const at of calledAt) {
    if (at >= first) calls.set(Math.floor(at / 1_000), (calls.get(Math.floor(at / 1_000)) ?? 0) + 1);
  }
  let most = Number.NaN;
  for (const [second, count] of calls) {
    const could = capacity[second] ?? 0;
    if (could > 0 && !(count / could <= most)) most = count / could;
  }
  return most;
}

/** The mean of each figure over several runs of one scenario. Where a run has no figure, it is left out. */
export function meanOf(runs: readonly Figures[]): Figures {
  const names = Object.keys(runs[0] as Figures) as (keyof Figures)[];
  const means = names.map((name) => {
    const values = runs.map((run) => run[name]).filter((value) => !Number.isNaN(value));
    return [name, values.reduce((sum, value) => sum + value, 0) / values.length] as const;
  });
  return Object.fromEntries(means) as unknown as Figures;
}

/**
 * Milliseconds from the end of the last fault to the first request from which on requests are served again: nine of
 * ten of those of the next half second, and of at least the next ten, get a useful answer. `NaN` without a fault,
 * `Infinity` if it never comes.
 */
export function recoveryLag({ faults, rate }: Scenario, { cameAt, fate }: Journal): number {
  if (faults.length === 0) return Number.NaN;
  const end = Math.max(...faults.map(({ to }) => to));
  const size = Math.max(10, Math.round(rate / 2));
  const begin = cameAt.findIndex((at) => at >= end);
  if (begin < 0) return Number.NaN;
  let served = 0;
  for (let i = begin; i < cameAt.length; i++) {
    if (fate[i] === USEFUL) served++;
    if (i - begin >= size && fate[i - size] === USEFUL) served--;
    const from = i - size + 1;
    if (from >= begin && served >= SERVED * size && fate[from] === USEFUL) return (cameAt[from] as number) - end;
  }
  return Number.POSITIVE_INFINITY;
}
