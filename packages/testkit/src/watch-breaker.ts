import { type Breaker, type BreakerOptions, createBreaker, fixed, probes } from '@switchgear/core';
import { type ManualClock, manualClock } from '@switchgear/core/testing';
import { countPermits, type PermitCount } from './count-permits.ts';

/** How long a watched circuit stays open, in milliseconds of its own clock. */
export const OPEN_FOR = 1_000;

/** A breaker whose clock a test moves, and everything that can be observed of it. */
export interface WatchedBreaker {
  /** The breaker to hand out; its permits are counted. */
  readonly breaker: Breaker;
  readonly permits: PermitCount;
  readonly clock: ManualClock;

  /** One entry for each outcome, with its kind if it has one: `'failure 503'`. Evidence without a permit is included. */
  readonly outcomes: readonly string[];

  /** How long each of these calls took, in milliseconds. */
  readonly durations: readonly number[];

  /** The states that the circuit moved to. */
  readonly moves: readonly string[];

  /** Opens the circuit and lets its open period elapse. */
  halfOpen(): void;
}

/** Makes a breaker that one successful probe closes, and that uses the default rule to open unless `options` differ. */
export function watchBreaker(options: Partial<BreakerOptions> = {}): WatchedBreaker {
  const clock = manualClock();
  const recover = probes({ permitted: 1, successes: 1 });
  const permits = countPermits(
    createBreaker({ name: 'watched', openFor: fixed(OPEN_FOR), recover, clock, ...options }),
  );
  const { breaker } = permits;
  const outcomes: string[] = [];
  const durations: number[] = [];
  const moves: string[] = [];
  breaker.subscribe(
    ({ type, outcome, kind, duration, to }) => {
      if (type === 'move') moves.push(`${to}`);
      if (type !== 'outcome') return;
      outcomes.push(kind === undefined ? `${outcome}` : `${outcome} ${kind}`);
      durations.push(duration ?? Number.NaN);
    },
    { outcomes: true },
  );
  const halfOpen = (): void => {
    breaker.trip();
    clock.advance(OPEN_FOR);
  };
  return { breaker, permits, clock, outcomes, durations, moves, halfOpen };
}
