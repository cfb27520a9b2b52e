import type { Millis } from '@switchgear/core';

/** How the simulated service does, and how much is asked of it. */
export interface Service {
  /** Calls a second, on average. They come when they like: after a Poisson process. */
  readonly traffic: number;

  /** Share of the answers that are failures, from 0 to 1. */
  readonly failures: number;

  /** Milliseconds before an answer, in the middle: it takes from half of that to one and a half. */
  readonly latency: Millis;

  /** Share of the calls that are never answered, from 0 to 1. */
  readonly hangs: number;
}

/** Milliseconds after which a caller gives up. That is a failure. */
export const TIME_LIMIT: Millis = 2_000;

/** What becomes of a call, if it is made. */
export interface Fate {
  readonly takes: Millis;
  readonly outcome: 'success' | 'failure';

  /** Whether the caller gave up. */
  readonly timedOut: boolean;
}

/** Draws what becomes of the next call. It takes as many numbers whatever the service does, so that a slider shifts no luck. */
export function drawFate({ failures, latency, hangs }: Service, luck: () => number): Fate {
  const [hanging, failing, speed] = [luck(), luck(), luck()];
  const takes = hanging < hangs ? Infinity : latency * (0.5 + speed);
  if (takes >= TIME_LIMIT) return { takes: TIME_LIMIT, outcome: 'failure', timedOut: true };
  return { takes, outcome: failing < failures ? 'failure' : 'success', timedOut: false };
}
