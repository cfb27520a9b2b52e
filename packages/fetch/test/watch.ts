import { type BreakerOptions, createBreaker, fixed, type Outcome, probes } from '@switchgear/core';
import { type ManualClock, manualClock } from '@switchgear/core/testing';
import { countPermits, type PermitCount } from '@switchgear/testkit';
import { type BreakerFetchOptions, breakerFetch } from '../src/index.ts';

/** How long the circuits of these tests stay open. */
export const OPEN_FOR = 1_000;

/** A protected fetch and all that can be seen of its breaker. */
export interface Watched {
  readonly fetch: typeof fetch;
  readonly permits: PermitCount;
  readonly clock: ManualClock;

  /** `'failure ECONNREFUSED'`, one for each settled call. */
  readonly outcomes: readonly string[];
}

/** Protects a fetch with a breaker that never opens by itself, unless `breaker` says otherwise. */
export function watch(options: BreakerFetchOptions = {}, breaker: Partial<BreakerOptions> = {}): Watched {
  const clock = manualClock();
  const recover = probes({ permitted: 1, successes: 1 });
  const permits = countPermits(
    createBreaker({ name: 'watched', openFor: fixed(OPEN_FOR), recover, clock, ...breaker }),
  );
  const outcomes: string[] = [];
  const word = (outcome?: Outcome, kind?: string) => `${outcome}${kind === undefined ? '' : ` ${kind}`}`;
  permits.breaker.subscribe(
    ({ type, outcome, kind }) => {
      if (type === 'outcome') outcomes.push(word(outcome, kind));
    },
    { outcomes: true },
  );
  return { fetch: breakerFetch({ breaker: permits.breaker, ...options }), permits, clock, outcomes };
}
