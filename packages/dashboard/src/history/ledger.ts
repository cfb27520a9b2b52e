import type { BreakerEvent, Millis } from '@switchgear/core';

/**
 * Everything that {@link impact} needs to know of one breaker, added up from its events since somebody began to observe:
 * sums, so its memory is fixed and it forgets nothing.
 */
export class Ledger {
  succeeded = 0;
  failed = 0;
  /** Milliseconds that succeeded and failed calls took, and how many of them were measured. */
  successTime = 0;
  successesMeasured = 0;
  failureTime = 0;
  failuresMeasured = 0;

  /** Calls that the circuit refused. Those an operator's isolation refused are not among them. */
  spared = 0;
  /** How many of those would have succeeded, if as many did as just before the circuit opened. */
  sparedAtBest = 0;

  /** Times the circuit left closed and came back, and how long that took in all. */
  recoveries = 0;
  recoveryTime = 0;

  /** Share of successes in what the circuit was last opened for. */
  #successShare = 1;
  /** When the circuit left closed, on the breaker's clock, if it was seen to. */
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

/** What was opened for slowness, or by hand, has no failures in its evidence: then all might have succeeded. */
function successShare(evidence: Readonly<Record<string, number>> = {}): number {
  const { calls = 0, failures = 0 } = evidence;
  // The numbers of a rule of the user's own mean what they mean.
  const share = 1 - failures / calls;
  return calls > 0 && Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 1;
}
