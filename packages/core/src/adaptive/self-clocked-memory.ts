import type { ProbeEnding } from '../recover/recover.ts';
import type { Evidence, Verdict } from '../vocabulary/state.ts';
import type { Instant } from '../vocabulary/time.ts';
import type { Limit } from './limit.ts';

/** What recovery in adaptive mode remembers: first of a single probe, then of a limit of calls under way. */
export interface SelfClocked {
  /** The probe under way, and when it counts as lost. */
  readonly probe: { readonly id: number; readonly until: Instant } | undefined;

  /** Absent while probing. */
  readonly limit: Limit | undefined;

  /** By how much failures outweigh successes since the last cut. */
  readonly loss: number;

  /** Whether any call has succeeded since the last cut. */
  readonly hasServed: boolean;

  /** Successes in a row without a refusal in between. */
  readonly clean: number;

  /** Calls up to this number were let through before the last cut and no longer count. */
  readonly fence: number;

  /** The number of the last call that was let through. */
  readonly last: number;

  /** When a call was last let through or last came back. */
  readonly alive: Instant;

  /** Since when no call was refused. */
  readonly open: Instant;

  readonly calls: number;
  readonly failures: number;
}

/** The memory at the beginning, of an overload with a limit. */
export function begun(at: Instant, limit: Limit | undefined): SelfClocked {
  return {
    probe: undefined,
    limit,
    loss: 0,
    hasServed: false,
    clean: 0,
    fence: 0,
    last: 0,
    alive: at,
    open: at,
    calls: 0,
    failures: 0,
  };
}

/** A success that is slow for the breaker's rule is as bad as a failure; adaptive mode's own rule has no such limit. */
export function isBad({ outcome, slow }: ProbeEnding): boolean {
  return outcome === 'failure' || slow;
}

/** @param numbers what else the rule compared */
export function rampVerdict(rule: string, { calls, failures, clean }: SelfClocked, numbers: Evidence): Verdict {
  return { rule, evidence: { calls, failures, slow: 0, run: clean, ...numbers } };
}
