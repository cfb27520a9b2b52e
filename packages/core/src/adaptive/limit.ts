import type { Vitals } from '../vitals/vitals.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/**
 * How many calls may be under way while traffic returns, and what has been learnt meanwhile. Plain immutable data.
 * It grows like a TCP window (V. Jacobson, "Congestion Avoidance and Control", 1988): by one with each success up to
 * the `ceiling`, above it by one with each round of calls. It shrinks while calls are slow.
 */
export interface Limit {
  readonly calls: number;

  /** Growth is quick up to here, because a limit above this was once too high. */
  readonly ceiling: number;

  /** The most calls under way since the last cut. Needed because a limit that was never reached proves nothing. */
  readonly peak: number;

  /**
   * While calls are slow: the limit and the latency at the last look, and the instant before which there is no next look.
   * The latency is undefined before the first look.
   */
  readonly slowAt:
    | { readonly calls: number; readonly latency: number | undefined; readonly until: Instant }
    | undefined;

  /** Set if fewer calls did not make them quicker: the present latency is then the normal one. */
  readonly acceptLatency?: boolean;
}

/** With fewer calls than this, the load is not what makes them slow. */
const NOT_THE_LOAD = 4;
/** Other causes may pass, such as a cold cache: within this many rounds, and within this time. */
const PASSING_ROUNDS = 20;
const PASSING: Millis = 30_000;
/** This many times the present latency must pass before a change of the limit shows in the latency. */
const ROUNDS = 4;
/** To what part the limit shrinks before the effect is judged, and to what part the latency must then have fallen. */
const SHRUNK = 0.6;
const QUICKER = 0.8;

/** A new limit, about which nothing has been learnt. */
export function limitOf(calls: number, ceiling: number): Limit {
  return { calls, ceiling, peak: 0, slowAt: undefined };
}

/** The limit after too many failures: half of the calls that were really under way. */
export function cut({ calls, peak }: Limit): Limit {
  const half = Math.max(1, Math.min(calls, peak) / 2);
  return limitOf(half, half);
}

/** The limit after a success. */
export function afterSuccess(limit: Limit, vitals: Vitals, at: Instant): Limit {
  if (!isSlow(vitals)) return grown({ ...limit, slowAt: undefined }, vitals);
  const { calls, slowAt } = limit;
  if (isLate(limit, at)) return judged(limit, vitals, at);
  if (calls < NOT_THE_LOAD) {
    return { ...limit, slowAt: slowAt ?? lookedAt(calls, vitals, at), calls: calls + 0.1 / calls };
  }
  // The first look waits until the limit has taken effect: before that, the latency is due to the earlier load.
  if (!slowAt) return { ...limit, slowAt: { ...lookedAt(calls, vitals, at), latency: undefined } };
  const hasPassed = at >= slowAt.until;
  if (slowAt.latency === undefined) return hasPassed ? { ...limit, slowAt: lookedAt(calls, vitals, at) } : limit;
  if (hasPassed && calls <= SHRUNK * slowAt.calls) return judged(limit, vitals, at);
  // The gradient of Netflix's concurrency limits, at half a step per round.
  return { ...limit, calls: calls + (Math.sqrt(calls) - (1 - ease(vitals)) * calls) / (2 * calls) };
}

/** Whether calls have been slow for longer than any passing cause would last, although the limit is not shrinking. */
function isLate({ slowAt }: Limit, at: Instant): boolean {
  if (slowAt?.latency === undefined) return false;
  return at >= slowAt.until + Math.max(PASSING, PASSING_ROUNDS * slowAt.latency);
}

function grown(limit: Limit, { load, latency, normalLatency }: Vitals): Limit {
  const { calls, ceiling } = limit;
  // If the limit is not reached, a success does not show that the dependency bears more.
  if (load + 1 < Math.floor(calls)) return limit;
  const isQuick = calls < ceiling && latency < 2 * normalLatency;
  return { ...limit, calls: calls + (isQuick ? 1 : 1 / calls) };
}

function lookedAt(calls: number, { latency }: Vitals, at: Instant): NonNullable<Limit['slowAt']> {
  return { calls, latency, until: at + ROUNDS * latency };
}

/** Judges whether a much smaller limit, or the smallest there will be, has made calls quicker. */
function judged(limit: Limit, vitals: Vitals, at: Instant): Limit {
  const { calls = limit.calls, latency = 0 } = limit.slowAt ?? {};
  if (vitals.latency > QUICKER * latency) return { ...limit, calls, slowAt: undefined, acceptLatency: true };
  return { ...limit, slowAt: lookedAt(limit.calls, vitals, at) };
}

/** What recovery in adaptive mode remembers: first of a single probe, then of a limit of calls under way. */
export interface SelfClocked {
  /** Whether the circuit came straight from closed, to limit a load. */
  readonly fromClosed: boolean;

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
