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
/** What one slow success counts for: two replicas on a busy machine answer one call of a hundred ten times as slowly. */
const RISE = 1 / 4;
/** A success is slow if it takes this many times the normal latency. */
const SLOW = 4;

/** What is known of the latency and the errors of one endpoint. */
export class Measures {
  readonly #pace: Pace;
  #latency: Millis = Infinity;
  #latencyAt: Instant = 0;
  #success = 1;
  #successAt: Instant = 0;
  /** What this endpoint normally takes: learnt by itself, so that a far one is not slow for being far. */
  #normal: Millis = 0;
  #heard = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /**
   * Peak EWMA. While nothing is heard it falls towards that of the others: what was slow may have been this process, as it began,
   * and an endpoint that is not called cannot show that it is quick.
   */
  latency(at: Instant): Millis {
    const rest = Math.min(this.#pace.latency, this.#latency);
    if (!this.isKnown) return rest;
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
    return ((NOISE + this.latency(at)) * (load + 1)) / (success * success);
  }

  /** @returns whether a success was slow for this endpoint */
  succeeded(at: Instant, duration: Millis): boolean {
    this.#count(at, 1);
    const known = this.latency(at);
    if (!this.isKnown) this.#latency = Math.min(duration, this.#latency);
    else this.#latency = known + Math.max(0, duration - known) * RISE;
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
