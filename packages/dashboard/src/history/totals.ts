import type { BreakerEvent, Millis } from '@switchgear/core';

/**
 * Everything that {@link impact} needs to know about one breaker, summed up from its events since observation began. Sums need fixed
 * memory and forget nothing.
 */
export class Totals {
  succeeded = 0;
  failed = 0;
  /** Total duration of succeeded and failed calls in milliseconds, and how many were measured. */
  successTime = 0;
  successesMeasured = 0;
  failureTime = 0;
  failuresMeasured = 0;

  /** Calls that the circuit refused, without those refused by isolated mode. */
  spared = 0;
  /** How many of those would have succeeded at the success rate just before the circuit opened. */
  sparedAtBest = 0;

  /** How often the circuit left closed and closed again, and the total time in milliseconds. */
  recoveries = 0;
  recoveryTime = 0;

  /** Success rate in the evidence of the last opening. */
  #successShare = 1;
  /** When the circuit left closed, on the breaker's clock; `undefined` while closed. */
  #troubledSince: number | undefined;

  addCall(failed: boolean, duration: Millis | undefined): void {
    if (failed) this.failed++;
    else this.succeeded++;
    if (duration === undefined) return;
    if (failed) {
      this.failureTime += duration;
      this.failuresMeasured++;
    } else {
      this.successTime += duration;
      this.successesMeasured++;
    }
  }

  addRefusal({ because }: BreakerEvent): void {
    if (because?.rule === 'isolated') return;
    this.spared++;
    this.sparedAtBest += this.#successShare;
  }

  addMove({ at, from, to, because }: BreakerEvent): void {
    if (from === 'closed') {
      this.#troubledSince = at;
      this.#successShare = successShare(because?.evidence);
    }
    if (to === 'closed' && this.#troubledSince !== undefined) {
      this.recoveries++;
      this.recoveryTime += at - this.#troubledSince;
      this.#troubledSince = undefined;
    }
  }
}

/** A circuit opened for slowness or by hand has no failures in its evidence: then all calls might have succeeded. */
function successShare(evidence: Readonly<Record<string, number>> = {}): number {
  const { calls = 0, failures = 0 } = evidence;
  // A user-defined rule may use these names for other numbers.
  const share = 1 - failures / calls;
  return calls > 0 && Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 1;
}
