import type { BreakerRecord } from './record.ts';

/** The sums that figures are computed from. Those of several breakers can be added. */
export interface Tally {
  readonly succeeded: number;
  readonly failed: number;
  readonly spared: number;

  /** How many of the spared calls would have succeeded at the success rate just before the circuit opened. */
  readonly sparedAtBest: number;

  /** Milliseconds that the spared calls would have taken if all had failed, and if as many had succeeded as above. */
  readonly waitingIfAllFailed: number;
  readonly waitingAtBest: number;

  /** Whether every breaker with spared calls has measured durations, so that the waiting time is known. */
  readonly isWaitingKnown: boolean;
  readonly recoveries: number;
  readonly recoveryTime: number;

  /** Calls that a fallback answered, and those it could not answer; `undefined` if not counted. */
  readonly served: number | undefined;
  readonly unserved: number | undefined;
}

/** The sums of one breaker. */
export function tallyOf({ totals, fallbacks }: BreakerRecord): Tally {
  const { succeeded, failed, spared, sparedAtBest, recoveries, recoveryTime } = totals;
  const success = mean(totals.successTime, totals.successesMeasured);
  const failure = mean(totals.failureTime, totals.failuresMeasured);
  const ifFailed = failure ?? success ?? 0;
  const ifSucceeded = success ?? failure ?? 0;
  return {
    succeeded,
    failed,
    spared,
    sparedAtBest,
    waitingIfAllFailed: spared * ifFailed,
    waitingAtBest: (spared - sparedAtBest) * ifFailed + sparedAtBest * ifSucceeded,
    isWaitingKnown: spared === 0 || success !== undefined || failure !== undefined,
    recoveries,
    recoveryTime,
    // A fallback only serves failed and refused calls, so a larger count is wrong.
    served: fallbacks && Math.min(fallbacks.served, failed + spared),
    unserved: fallbacks?.failed,
  };
}

/** The sums of both. */
export function addTallies(a: Tally | undefined, b: Tally): Tally {
  if (!a) return b;
  return {
    succeeded: a.succeeded + b.succeeded,
    failed: a.failed + b.failed,
    spared: a.spared + b.spared,
    sparedAtBest: a.sparedAtBest + b.sparedAtBest,
    waitingIfAllFailed: a.waitingIfAllFailed + b.waitingIfAllFailed,
    waitingAtBest: a.waitingAtBest + b.waitingAtBest,
    isWaitingKnown: a.isWaitingKnown && b.isWaitingKnown,
    recoveries: a.recoveries + b.recoveries,
    recoveryTime: a.recoveryTime + b.recoveryTime,
    served: either(a.served, b.served),
    unserved: eitherUnserved(a, b),
  };
}

/** The sum where at least one is known; a breaker without a fallback adds nothing. */
function either(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

/** Unknown as soon as one fallback does not count its failures. */
function eitherUnserved(a: Tally, b: Tally): number | undefined {
  const isUnknown = [a, b].some(({ served, unserved }) => served !== undefined && unserved === undefined);
  return isUnknown ? undefined : either(a.unserved, b.unserved);
}

function mean(sum: number, count: number): number | undefined {
  return count > 0 ? sum / count : undefined;
}
