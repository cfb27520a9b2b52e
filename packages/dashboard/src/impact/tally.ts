import type { BreakerRecord } from '../history/record.ts';

/** What the figures are made of: plain sums, so those of several breakers add up. */
export interface Tally {
  readonly succeeded: number;
  readonly failed: number;
  readonly spared: number;

  /** Of the calls spared, how many would have succeeded if as many did as just before the circuit opened. */
  readonly sparedAtBest: number;

  /** Milliseconds that the spared calls would have taken: had all of them failed, and had as many succeeded as above. */
  readonly waitingIfAllFailed: number;
  readonly waitingAtBest: number;

  /** Whether each breaker that spared calls has measured some, so that the waiting is known. */
  readonly isWaitingKnown: boolean;
  readonly recoveries: number;
  readonly recoveryTime: number;

  /** Calls that a fallback answered, and those it had no answer for; `undefined` where nobody counts them. */
  readonly served: number | undefined;
  readonly unserved: number | undefined;
}

/** The sums of one breaker. */
export function tallyOf({ ledger, fallbacks }: BreakerRecord): Tally {
  const { succeeded, failed, spared, sparedAtBest, recoveries, recoveryTime } = ledger;
  const success = mean(ledger.successTime, ledger.successesMeasured);
  const failure = mean(ledger.failureTime, ledger.failuresMeasured);
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
    // A fallback stands in for calls that failed or were refused and for no others, whatever it counts.
    served: fallbacks && Math.min(fallbacks.served, failed + spared),
    unserved: fallbacks?.failed,
  };
}

/** The sums of both. */
export function plus(a: Tally | undefined, b: Tally): Tally {
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

/** Fallbacks that some have and others have not: none is no answers. */
function either(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

/** Unknown as soon as one fallback does not count what it could not answer. */
function eitherUnserved(a: Tally, b: Tally): number | undefined {
  const isUnknown = [a, b].some(({ served, unserved }) => served !== undefined && unserved === undefined);
  return isUnknown ? undefined : either(a.unserved, b.unserved);
}

function mean(sum: number, count: number): number | undefined {
  return count > 0 ? sum / count : undefined;
}
