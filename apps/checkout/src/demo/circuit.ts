import type { Act, Event } from './acts.ts';
import type { Moments } from './evidence.ts';
import type { Move } from './side.ts';

/** What the circuit before payments did. */
export interface Circuit {
  /** Whether it opened after payments got into trouble. */
  readonly opened: boolean;

  /** Whether it is closed at the end. */
  readonly closed: boolean;

  /** Whether payments answer at the end, so that it can be. */
  readonly isWellAtLast: boolean;
}

const OF_PAYMENTS: readonly Event[] = ['slow', 'hang', 'refuse', 'return'];

/** Whether payments answer when the story ends. */
export function isWellAtLast(acts: readonly Act[]): boolean {
  const last = acts.findLast(({ event }) => OF_PAYMENTS.includes(event))?.event;
  return last !== 'hang' && last !== 'refuse';
}

/** The state that a circuit was last seen to enter. */
export function stateOf(breaker: string, moves: readonly Move[]): string {
  return moves.findLast((move) => move.breaker === breaker)?.to ?? 'closed';
}

/** What the circuit before payments did in a story. */
export function circuitOf(acts: readonly Act[], moves: readonly Move[], { slowAt, deadAt }: Moments): Circuit {
  const troubledAt = Math.min(slowAt ?? Number.POSITIVE_INFINITY, deadAt ?? Number.POSITIVE_INFINITY);
  return {
    opened: moves.some(({ breaker, to, at }) => breaker === 'payments' && to === 'open' && at >= troubledAt),
    closed: stateOf('payments', moves) === 'closed',
    isWellAtLast: isWellAtLast(acts),
  };
}
