import type { Vitals } from '../vitals/vitals.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

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
  if (isLate(limit, at)) return judged(limit, vitals, at);
  if (calls < NOT_THE_LOAD) {
    return { ...limit, slowAt: slowAt ?? lookedAt(calls, vitals, at), calls: calls + 0.1 / calls };
  }
  // The first look comes when the limit has been felt: until then calls are as slow as the load before made them.
  if (!slowAt) return { ...limit, slowAt: { ...lookedAt(calls, vitals, at), latency: undefined } };
  const hasPassed = at >= slowAt.until;
  if (slowAt.latency === undefined) return hasPassed ? { ...limit, slowAt: lookedAt(calls, vitals, at) } : limit;
  if (hasPassed && calls <= SHRUNK * slowAt.calls) return judged(limit, vitals, at);
  // The gradient of Netflix's concurrency limits, half a step for each round.
  return { ...limit, calls: calls + (Math.sqrt(calls) - (1 - ease(vitals)) * calls) / (2 * calls) };
}

/** Whether calls have been slow for so long that whatever passes would have passed, though the limit gets no smaller. */
function isLate({ slowAt }: Limit, at: Instant): boolean {
  if (slowAt?.latency === undefined) return false;
  return at >= slowAt.until + Math.max(PASSING, PASSING_ROUNDS * slowAt.latency);
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
function judged(limit: Limit, vitals: Vitals, at: Instant): Limit {
  const { calls = limit.calls, latency = 0 } = limit.slowAt ?? {};
  if (vitals.latency > QUICKER * latency) return { ...limit, calls, slowAt: undefined, acceptLatency: true };
  return { ...limit, slowAt: lookedAt(limit.calls, vitals, at) };
}

/** What recovery in adaptive mode remembers: first a single probe, then a limit of calls under way. */
export interface SelfClocked {
  /** Whether the circuit came straight from closed, to limit a load. */
  readonly fromClosed: boolean;

  /** The probe under way, and when it is given up for lost. */
  readonly probe: { readonly id: number; readonly until: Instant } | undefined;

  /** Absent while probing. */
  readonly limit: Limit | undefined;

  /** By how much failures outweigh successes since the last cut. */
  readonly loss: number;

  /** Whether any call has succeeded since the last cut. */
  readonly hasServed: boolean;

  /** Successes in a row, during which nobody was refused either. */
  readonly clean: number;

  /** Calls up to this number were let through before the last cut and no longer speak. */
  readonly fence: number;

  /** The number of the last call that was let through. */
  readonly last: number;

  /** When anything was last let through or came back. */
  readonly alive: Instant;

  /** Since when nobody was refused. */
  readonly open: Instant;

  readonly calls: number;
  readonly failures: number;
}

/** A latency beyond so many times the normal one is not chance. */
const UNUSUAL = 3;

/** Whether calls take several times as long as they normally do. */
export function isSlow({ latency, normalLatency }: Vitals): boolean {
  return latency > UNUSUAL * normalLatency;
}

/** What part of the present latency, times three, the normal one is: 1 while all is well, and no less than a half. */
export function ease({ latency, normalLatency }: Vitals): number {
  return Math.max(0.5, Math.min(1, (UNUSUAL * normalLatency) / latency));
}
