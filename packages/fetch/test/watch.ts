import type { BreakerOptions } from '@switchgear/core';
import { type WatchedBreaker, watchBreaker } from '@switchgear/testkit';
import { type BreakerFetchOptions, breakerFetch } from '../src/index.ts';

/** A protected fetch, and everything that can be observed of its breaker. */
export interface Watched extends WatchedBreaker {
  readonly fetch: typeof fetch;
}

/** Protects a fetch with a breaker of its own, which keeps its default rule unless `breaker` says otherwise. */
export function watch(options: BreakerFetchOptions = {}, breaker: Partial<BreakerOptions> = {}): Watched {
  const watched = watchBreaker(breaker);
  return { ...watched, fetch: breakerFetch({ breaker: watched.breaker, ...options }) };
}
