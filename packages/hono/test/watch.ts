import { type Breaker, type BreakerOptions, createBreaker, fixed, type Outcome, probes } from '@switchgear/core';
import { type ManualClock, manualClock } from '@switchgear/core/testing';
import { countPermits, type PermitCount } from '@switchgear/testkit';

/** How long the circuits of these tests stay open. */
export const OPEN_FOR = 1_000;

/** A breaker and all that can be seen of it. */
export interface Watched {
  readonly breaker: Breaker;
  readonly permits: PermitCount;
  readonly clock: ManualClock;

  /** `'failure 503'`, one for each settled call. */
  readonly outcomes: readonly string[];
}

/** A breaker that never opens by itself, unless `options` say otherwise. */
export function watch(options: Partial<BreakerOptions> = {}): Watched {
  const clock = manualClock();
  const recover = probes({ permitted: 1, successes: 1 });
  const permits = countPermits(
    createBreaker({ name: 'watched', openFor: fixed(OPEN_FOR), recover, clock, ...options }),
  );
  const outcomes: string[] = [];
  const word = (outcome?: Outcome, kind?: string) => `${outcome}${kind === undefined ? '' : ` ${kind}`}`;
  permits.breaker.subscribe(
    ({ type, outcome, kind }) => {
      if (type === 'outcome') outcomes.push(word(outcome, kind));
    },
    { outcomes: true },
  );
  return { breaker: permits.breaker, permits, clock, outcomes };
}
