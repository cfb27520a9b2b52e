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

/** Timeout of a caller in milliseconds, which is a failure. */
export const TIME_LIMIT: Millis = 2_000;

/** How a call ends, if it is made. */
export interface Fate {
  readonly takes: Millis;
  readonly outcome: 'success' | 'failure';

  /** Whether the caller timed out. */
  readonly timedOut: boolean;
}

/** Draws how the next call ends. It always takes three random numbers, so that moving a slider does not shift the random sequence. */
export function drawFate({ failures, latency, hangs }: Service, random: () => number): Fate {
  const [hanging, failing, speed] = [random(), random(), random()];
  const takes = hanging < hangs ? Infinity : latency * (0.5 + speed);
  if (takes >= TIME_LIMIT) return { takes: TIME_LIMIT, outcome: 'failure', timedOut: true };
  return { takes, outcome: failing < failures ? 'failure' : 'success', timedOut: false };
}

/** A seeded generator of numbers from 0 up to 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
