import type { Instant, Millis } from '@switchgear/core';
import { fading } from './fading.ts';
import type { Pace } from './pace.ts';

/** How long errors are remembered. */
const MEMORY: Millis = 10_000;
/** What one call counts for in the share of successes. */
const CALL = 1 / 16;
/** Added to each latency: differences that no user notices are noise. */
const NOISE: Millis = 5;
/** An endpoint that always fails costs ten thousand times as much, which still compares. */
const LEAST_SUCCESS = 0.01;
/** Calls over which the normal latency is first averaged; later calls count as much as one of so many. */
const NORMAL_CALLS = 256;
/**
 * Until so many answers an endpoint is taken to be as quick as the others, and then as its best answer: the first ones wait for
 * connections, and one that seems slow is not called often enough to be found quick.
 */
const LEARNT = 16;
/** A success is slow if it takes this many times the normal latency. */
const SLOW = 4;

/** What is known of the latency and the errors of one endpoint. */
export class Measures {
  readonly #pace: Pace;
  #latency: Millis = 0;
  #latencyAt: Instant = 0;
  #success = 1;
  #successAt: Instant = 0;
  /** What this endpoint normally takes: learnt by itself, so that a far one is not slow for being far. */
  #normal: Millis = 0;
  #heard = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Peak EWMA: it falls towards the normal latency while nothing is heard. */
  latency(at: Instant): Millis {
    const rest = Math.min(this.#normal, this.#latency);
    return rest + (this.#latency - rest) * fading(at - this.#latencyAt, this.#pace.memory);
  }

  /** From 0 to 1. It tends to 1 while nothing is heard. */
  success(at: Instant): number {
    return 1 - (1 - this.#success) * fading(at - this.#successAt, MEMORY);
  }

  /** Whether enough calls have been answered. */
  get isKnown(): boolean {
    return this.#heard >= LEARNT;
  }

  /** What a call costs at this load. */
  cost(at: Instant, load: number): number {
    const success = Math.max(LEAST_SUCCESS, this.success(at));
    const latency = this.isKnown ? this.latency(at) : this.#pace.latency;
    return ((NOISE + latency) * (load + 1)) / (success * success);
  }

  /** @returns whether a success was slow for this endpoint */
  succeeded(at: Instant, duration: Millis): boolean {
    this.#count(at, 1);
    this.#latency = this.isKnown ? Math.max(duration, this.latency(at)) : Math.min(duration, this.#latency || Infinity);
    this.#latencyAt = at;
    const isSlow = this.isKnown && duration > SLOW * this.#normal;
    this.#heard++;
    this.#normal += (duration - this.#normal) / Math.min(this.#heard, NORMAL_CALLS);
    return isSlow;
  }

  /** A failure may be quick, which says nothing; a slow one is a slow endpoint. */
  failed(at: Instant, duration: Millis): void {
    this.#count(at, 0);
    if (duration <= this.latency(at)) return;
    this.#latency = duration;
    this.#latencyAt = at;
  }

  /** Forgets its errors and how slow it was. */
  forgive(): void {
    this.#success = 1;
    this.#latency = Math.min(this.#latency, this.#normal);
  }

  #count(at: Instant, success: 0 | 1): void {
    const known = this.success(at);
    this.#success = known + (success - known) * CALL;
    this.#successAt = at;
  }
}
