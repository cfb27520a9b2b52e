import type { Vitals } from '../vitals/vitals.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/**
 * How many calls may be under way while traffic returns, and what has been learnt meanwhile. Plain immutable data.
 * It grows like a TCP window (V. Jacobson, "Congestion Avoidance and Control", 1988): by one with each success up to
 * the `ceiling`, above it by one with each round of calls. While calls are slow it tries whether more of them are slower
 * still, and shrinks if they are.
 */
export interface Limit {
  readonly calls: number;

  /** Growth is quick up to here, because a limit above this was once too high; Infinity before that. */
  readonly ceiling: number;

  /** The most calls under way since the last cut. Needed because a limit that was never reached proves nothing. */
  readonly peak: number;

  /** While a higher limit is tried. */
  readonly trial: Trial | undefined;

  /** When the trial is judged or the next one begins; undefined while calls are quick. */
  readonly next: Instant | undefined;

  /** The latency that does not depend on the load, as trials have shown; 0 while that is the normal one. */
  readonly usual: Millis;
}

/** A trial of higher limits, step by step. */
interface Trial {
  /** The limit at its start. */
  readonly first: number;

  /** The limit before the last step. */
  readonly before: number;

  /** The latency at its start. */
  readonly latency: Millis;
}

/** With fewer calls than this, the load is not what makes them slow. */
const NOT_THE_LOAD = 4;
/** A trial multiplies the limit by this, and is judged after this many times the present latency. */
const CAREFUL = { step: 1.5, rounds: 4 } as const;
/** The same while no limit was ever too high. */
const BOLD = { step: 2, rounds: 2 } as const;
/** Calls are slower with more of them if they take this many times as long. */
const SLOWER = 1.3;
/** If this many times the calls are not slower, the load is not what makes them slow. */
const KNEE = 4;
/** How many times the latency passes between a trial that failed and the next. */
const PAUSE = 20;

/** A new limit, about which nothing has been learnt. */
export function limitOf(calls: number, ceiling: number): Limit {
  return { calls, ceiling, peak: 0, trial: undefined, next: undefined, usual: 0 };
}

/** The limit after too many failures: half of the calls that were really under way. */
export function cut({ calls, peak }: Limit): Limit {
  const half = Math.max(1, Math.min(calls, peak) / 2);
  return limitOf(half, half);
}

/** The limit after a success. */
export function afterSuccess(limit: Limit, vitals: Vitals, at: Instant): Limit {
  const { latency, normalLatency, load } = vitals;
  // If the limit is not reached, a success does not show that the dependency bears more.
  const isReached = load + 1 >= Math.floor(limit.calls);
  const isNormal = latency < 2 * normalLatency;
  if (isNormal || latency < SLOWER * limit.usual) {
    return grown({ ...limit, trial: undefined, next: undefined, usual: isNormal ? 0 : limit.usual }, isReached);
  }
  if (isSlow(vitals)) return whileSlow(limit, vitals, at, isReached);
  return isReached ? { ...limit, calls: limit.calls + 1 / limit.calls } : limit;
}

/**
 * The limit after a failure. One that took longer than successes did before the trial has waited in a queue, which the
 * higher limit has made.
 */
export function afterFailure(limit: Limit, duration: Millis, at: Instant): Limit {
  const { trial } = limit;
  return trial && duration > SLOWER * trial.latency ? failed(limit, trial, at) : limit;
}

function grown(limit: Limit, isReached: boolean): Limit {
  const { calls, ceiling } = limit;
  return isReached ? { ...limit, calls: calls + (calls < ceiling ? 1 : 1 / calls) } : limit;
}

function whileSlow(limit: Limit, vitals: Vitals, at: Instant, isReached: boolean): Limit {
  const { calls, trial, next } = limit;
  const isBold = limit.ceiling === Infinity;
  if (isBold && calls < NOT_THE_LOAD) return grown(limit, isReached);
  const { step, rounds } = isBold ? BOLD : CAREFUL;
  const judgedAt = at + rounds * vitals.latency;
  // The first trial waits until the limit has taken effect: before that, the latency is due to the earlier load.
  if (next === undefined) return { ...limit, next: judgedAt };
  if (at >= next) {
    if (trial && vitals.latency > SLOWER * trial.latency) return failed(limit, trial, at);
    if (isReached) return tried(limit, vitals, { step, judgedAt });
  }
  return trial || !isReached ? limit : { ...limit, calls: shrunk(calls, vitals) };
}

/** Starts a trial, or takes its next step. */
function tried(limit: Limit, vitals: Vitals, { step, judgedAt }: { step: number; judgedAt: Instant }): Limit {
  const { calls } = limit;
  const { first, latency } = limit.trial ?? { first: calls, latency: vitals.latency };
  const usual = calls >= KNEE * first ? latency : limit.usual;
  return { ...limit, calls: calls * step, trial: { first, before: calls, latency }, next: judgedAt, usual };
}

/** More calls are slower, so it is the load: back to the limit before the last step. */
function failed(limit: Limit, { before, latency }: Trial, at: Instant): Limit {
  return { ...limit, calls: before, ceiling: before, trial: undefined, next: at + PAUSE * latency };
}

/** The gradient of Netflix's concurrency limits, at half a step per round. */
function shrunk(calls: number, vitals: Vitals): number {
  return Math.max(NOT_THE_LOAD, calls + (Math.sqrt(calls) - (1 - ease(vitals)) * calls) / (2 * calls));
}

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

/** A latency above this many times the normal one is not chance. */
const UNUSUAL = 3;

/** Whether calls take several times as long as they normally do. */
export function isSlow({ latency, normalLatency }: Vitals): boolean {
  return latency > UNUSUAL * normalLatency;
}

/** Three times the normal latency over the present one, from 0.5 to 1; it is 1 while all is well. */
export function ease({ latency, normalLatency }: Vitals): number {
  return Math.max(0.5, Math.min(1, (UNUSUAL * normalLatency) / latency));
}
