import {
  type Breaker,
  type BreakerEvent,
  type BreakerOptions,
  consecutiveFailures,
  createBreaker,
  fixed,
  probes,
} from '@switchgear/core';
import { type ManualClock, manualClock } from '@switchgear/core/testing';
import { countPermits, type PermitCount } from '@switchgear/testkit';
import { onTestFinished } from 'vitest';

/** How long the circuits of these tests stay open, on their own clock. */
export const OPEN_FOR = 1_000;

/** How long a probe may keep its place, on the same clock. */
export const PERMIT_TIMEOUT = 30_000;

/** A breaker whose time a test moves, with all that can be known of it. */
export interface BenchCircuit {
  readonly breaker: Breaker;
  readonly permits: PermitCount;
  readonly clock: ManualClock;

  /** Every outcome so far, and its kind where it has one: `'failure 57P01'`. Evidence without a permit is among them. */
  readonly outcomes: string[];

  /** How long each of them took, in milliseconds. */
  readonly durations: number[];
  readonly moves: string[];
  readonly errors: unknown[];

  /** Opens it, and waits until it is due. */
  halfOpen(): void;
}

/** A circuit that opens after two failures in a row and closes after one success. */
export function benchCircuit(options: Partial<BreakerOptions> = {}): BenchCircuit {
  const clock = manualClock();
  const outcomes: string[] = [];
  const durations: number[] = [];
  const moves: string[] = [];
  const errors: unknown[] = [];
  const breaker = createBreaker({
    name: 'database',
    openWhen: consecutiveFailures(2),
    openFor: fixed(OPEN_FOR),
    recover: probes({ permitted: 1, successes: 1 }),
    permitTimeout: PERMIT_TIMEOUT,
    onError: (error) => errors.push(error),
    clock,
    ...options,
  });
  const hear = ({ type, outcome, kind, duration, to }: BreakerEvent) => {
    if (type === 'outcome') outcomes.push(kind ? `${outcome} ${kind}` : `${outcome}`);
    if (type === 'outcome') durations.push(duration ?? Number.NaN);
    if (type === 'move') moves.push(`${to}`);
  };
  onTestFinished(breaker.subscribe(hear, { outcomes: true }));
  const permits = countPermits(breaker);
  const halfOpen = () => {
    breaker.trip();
    clock.advance(OPEN_FOR);
  };
  return { breaker: permits.breaker, permits, clock, outcomes, durations, moves, errors, halfOpen };
}
