import type { Vitals } from '../vitals/vitals.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { ease, isSlow } from './slow.ts';

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

  /** While a higher limit is tried, although calls are slow. */
  readonly raise: Raise | undefined;

  /** When the raise is judged, or else the next one may begin; undefined while calls are quick. */
  readonly next: Instant | undefined;

  /** A latency that does not depend on the load, as raises have shown; 0 while that is the normal one. */
  readonly usual: Millis;
}

/** A higher limit that is being tried, reached in steps. */
interface Raise {
  /** The limit before the first step. */
  readonly first: number;

  /** The limit before the last step. */
  readonly before: number;

  /** The latency before the first step. */
  readonly latency: Millis;
}

/** With fewer calls than this, the load is not what makes them slow, so no limit is lower while they are. */
const NOT_THE_LOAD = 4;
/** A step of a raise multiplies the limit by this: boldly while no limit was ever too high, because calls are refused meanwhile. */
const BOLD = 2;
const CAREFUL = 1.5;
/** It is judged after this many times the present latency, when most answers come from under the new limit. */
const ROUNDS = 4;
/** Calls are slower than before if they take this many times as long. Less than that may be chance. */
const SLOWER = 1.3;
/** If this many times the calls are not slower, the load is not what makes them slow. */
const KNEE = 4;
/** How many times the latency passes between a raise that was too high and the next, so that few calls pay for raises. */
const PAUSE = 20;

/** A new limit, about which nothing has been learnt. */
export function limitOf(calls: number, ceiling: number): Limit {
  return { calls, ceiling, peak: 0, raise: undefined, next: undefined, usual: 0 };
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
    return grown({ ...limit, raise: undefined, next: undefined, usual: isNormal ? 0 : limit.usual }, isReached);
  }
  if (isSlow(vitals)) return whileSlow(limit, vitals, at, isReached);
  return isReached ? { ...limit, calls: limit.calls + 1 / limit.calls } : limit;
}

/**
 * The limit after a failure. A call that failed later than successes came back before the raise has waited in a queue, which
 * the raise has made.
 */
export function afterFailure(limit: Limit, duration: Millis, at: Instant): Limit {
  const { raise } = limit;
  return raise && duration > SLOWER * raise.latency ? takenBack(limit, raise, at) : limit;
}

function grown(limit: Limit, isReached: boolean): Limit {
  const { calls, ceiling } = limit;
  return isReached ? { ...limit, calls: calls + (calls < ceiling ? 1 : 1 / calls) } : limit;
}

function whileSlow(limit: Limit, vitals: Vitals, at: Instant, isReached: boolean): Limit {
  const { calls, raise, next } = limit;
  const isBold = limit.ceiling === Infinity;
  if (isBold && calls < NOT_THE_LOAD) return grown(limit, isReached);
  const judgedAt = at + ROUNDS * vitals.latency;
  // The first raise waits until the limit has taken effect: before that, the latency is due to the earlier load.
  if (next === undefined) return { ...limit, next: judgedAt };
  if (at >= next) {
    if (raise && vitals.latency > SLOWER * raise.latency) return takenBack(limit, raise, at);
    if (isReached) return raised(limit, vitals, { step: isBold ? BOLD : CAREFUL, judgedAt });
  }
  return raise || !isReached ? limit : { ...limit, calls: shrunk(calls, vitals) };
}

/** Begins a raise, or takes its next step. */
function raised(limit: Limit, vitals: Vitals, { step, judgedAt }: { step: number; judgedAt: Instant }): Limit {
  const { calls } = limit;
  const { first, latency } = limit.raise ?? { first: calls, latency: vitals.latency };
  const usual = calls >= KNEE * first ? latency : limit.usual;
  return { ...limit, calls: calls * step, raise: { first, before: calls, latency }, next: judgedAt, usual };
}

/** More calls are slower, so it is the load: back to the limit before the last step. */
function takenBack(limit: Limit, { before, latency }: Raise, at: Instant): Limit {
  return { ...limit, calls: before, ceiling: before, raise: undefined, next: at + PAUSE * latency };
}

/** The gradient of Netflix's concurrency limits, at half a step per round. */
function shrunk(calls: number, vitals: Vitals): number {
  return Math.max(NOT_THE_LOAD, calls + (Math.sqrt(calls) - (1 - ease(vitals)) * calls) / (2 * calls));
}
