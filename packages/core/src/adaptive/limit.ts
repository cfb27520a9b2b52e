import type { Vitals } from '../vitals/vitals.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { ease, isSlow } from './unusual.ts';

/**
 * How many calls may be under way while traffic comes back, and what has been learnt on the way. Plain immutable data.
 * It grows as a TCP window does (V. Jacobson, "Congestion Avoidance and Control", 1988): by one with each success up to
 * the `ceiling`, beyond it by one for each round of calls; and it shrinks while calls are slow.
 */
export interface Limit {
  readonly calls: number;

  /** Up to here growth is quick: more than this was once too much. */
  readonly ceiling: number;

  /** The most calls that were under way since the last cut: a limit that was never reached proves nothing. */
  readonly peak: number;

  /**
   * While calls are slow: where the limit stood and how slow they were when that was looked at last, and until when to wait and see.
   * Not looked at yet, there is no latency.
   */
  readonly slowAt:
    | { readonly calls: number; readonly latency: number | undefined; readonly until: Instant }
    | undefined;

  /** Set when fewer calls have not made them quicker: the service is as slow as that now, and well. */
  readonly acceptLatency?: boolean;
}

/** Below this many calls it is not the load that makes them slow. */
const NOT_THE_LOAD = 4;
/** What else makes them slow may pass, as a cold cache does: in so many rounds, and in this time. */
const PASSING_ROUNDS = 20;
const PASSING: Millis = 30_000;
/** So many times the present latency pass before a change of the limit can be seen in it. */
const ROUNDS = 4;
/** How far the limit shrinks before its effect is judged, and how much quicker calls must then be. */
const SHRUNK = 0.6;
const QUICKER = 0.8;

/** A limit that nothing has been learnt about. */
export function limitOf(calls: number, ceiling: number): Limit {
  return { calls, ceiling, peak: 0, slowAt: undefined };
}

/** After too many failures: half of what was really under way. */
export function cut({ calls, peak }: Limit): Limit {
  const half = Math.max(1, Math.min(calls, peak) / 2);
  return limitOf(half, half);
}

/** After a success. */
export function afterSuccess(limit: Limit, vitals: Vitals, at: Instant): Limit {
  if (!isSlow(vitals)) return grown({ ...limit, slowAt: undefined }, vitals);
  const { calls, slowAt } = limit;
  if (calls < NOT_THE_LOAD) return withFew(limit, vitals, at);
  // The first look comes when the limit has been felt: until then calls are as slow as the load before made them.
  if (!slowAt) return { ...limit, slowAt: { ...lookedAt(calls, vitals, at), latency: undefined } };
  const hasPassed = at >= slowAt.until;
  if (slowAt.latency === undefined) return hasPassed ? { ...limit, slowAt: lookedAt(calls, vitals, at) } : limit;
  const isLate = at >= slowAt.until + passing(slowAt.latency);
  if (isLate || (hasPassed && calls <= SHRUNK * slowAt.calls)) return judged(limit, slowAt, vitals, at);
  // The gradient of Netflix's concurrency limits, half a step for each round.
  return { ...limit, calls: calls + (Math.sqrt(calls) - (1 - ease(vitals)) * calls) / (2 * calls) };
}

function passing(latency: Millis): Millis {
  return Math.max(PASSING, PASSING_ROUNDS * latency);
}

function withFew(limit: Limit, { latency }: Vitals, at: Instant): Limit {
  const { calls, slowAt = { calls, latency, until: at + passing(latency) } } = limit;
  if (at >= slowAt.until) return { ...limit, slowAt: undefined, acceptLatency: true };
  return { ...limit, slowAt, calls: calls + 0.1 / calls };
}

function grown(limit: Limit, { load, latency, normalLatency }: Vitals): Limit {
  const { calls, ceiling } = limit;
  // A limit that nobody runs into is not tried by a success.
  if (load + 1 < Math.floor(calls)) return limit;
  const isQuick = calls < ceiling && latency < 2 * normalLatency;
  return { ...limit, calls: calls + (isQuick ? 1 : 1 / calls) };
}

function lookedAt(calls: number, { latency }: Vitals, at: Instant): NonNullable<Limit['slowAt']> {
  return { calls, latency, until: at + ROUNDS * latency };
}

/** The limit is much smaller than it was, or as small as it gets: are calls quicker for it? */
function judged(limit: Limit, before: NonNullable<Limit['slowAt']>, vitals: Vitals, at: Instant): Limit {
  if (vitals.latency > QUICKER * (before.latency ?? 0)) {
    return { ...limit, calls: before.calls, slowAt: undefined, acceptLatency: true };
  }
  return { ...limit, slowAt: lookedAt(limit.calls, vitals, at) };
}
