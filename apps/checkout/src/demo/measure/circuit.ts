import { isWellAtLast, type Phase } from '../scenario/phases.ts';
import type { Moments } from '../scenario/play.ts';
import { type Move, stateOf } from '../shops/side.ts';

/** What the circuit of the payment service did. */
export interface Circuit {
  /** Whether it opened after payments became slow or stopped answering. */
  readonly opened: boolean;

  /** How long after that it opened first, in milliseconds; `null` if it did not. */
  readonly openedAfterMs: number | null;

  /** Whether it is closed at the end. */
  readonly closed: boolean;

  /** Whether payments answer at the end; otherwise the circuit cannot close. */
  readonly isWellAtLast: boolean;
}

/** Reads what the circuit of the payment service did during the scenario. */
export function circuitOf(phases: readonly Phase[], moves: readonly Move[], { slowAt, deadAt }: Moments): Circuit {
  const troubledAt = Math.min(slowAt ?? Number.POSITIVE_INFINITY, deadAt ?? Number.POSITIVE_INFINITY);
  const opening = moves.find(({ breaker, to, at }) => breaker === 'payments' && to === 'open' && at >= troubledAt);
  return {
    opened: opening !== undefined,
    openedAfterMs: opening ? Math.round(opening.at - troubledAt) : null,
    closed: stateOf('payments', moves) === 'closed',
    isWellAtLast: isWellAtLast(phases),
  };
}
