import { isWellAtLast, type Phase } from '../scenario/phases.ts';
import type { Moments } from '../scenario/play.ts';
import { type Move, stateOf } from '../shops/side.ts';
import type { BothSides, Figures } from './figures.ts';

/** What the circuit of the payment service did. */
export interface Circuit {
  /** Whether it opened after payments became slow or stopped answering. */
  readonly opened: boolean;

  /** Whether it is closed at the end. */
  readonly closed: boolean;

  /** Whether payments answer at the end; otherwise the circuit cannot close. */
  readonly isWellAtLast: boolean;
}

/** Reads what the circuit of the payment service did during the scenario. */
export function circuitOf(phases: readonly Phase[], moves: readonly Move[], { slowAt, deadAt }: Moments): Circuit {
  const troubledAt = Math.min(slowAt ?? Number.POSITIVE_INFINITY, deadAt ?? Number.POSITIVE_INFINITY);
  return {
    opened: moves.some(({ breaker, to, at }) => breaker === 'payments' && to === 'open' && at >= troubledAt),
    closed: stateOf('payments', moves) === 'closed',
    isWellAtLast: isWellAtLast(phases),
  };
}

/** A requirement on the shop with breakers, and whether it was met. */
export interface Check {
  readonly text: string;
  readonly passed: boolean;
}

/** The circuit needs 20 calls within 10 s to open, so this many calls in an outage of 20 s must have opened it. */
const ENOUGH = 60;

/**
 * Checks the shop with breakers. No check depends on the speed of the machine; figures that do are only compared with the
 * other shop, by {@link comparisonsOf}.
 *
 * @param circuit what the circuit of the payment service did, if known
 */
export function checksOf({ with: shop }: BothSides, circuit?: Circuit): readonly Check[] {
  const hasReturned = circuit?.isWellAtLast ?? true;
  return [
    { text: 'Every customer got an answer', passed: answersOf(shop) === shop.offered },
    { text: 'No accepted order was lost', passed: shop.lost === 0 },
    { text: 'No customer was charged twice', passed: shop.chargedTwice === 0 },
    ...(hasReturned ? [{ text: 'Every queued payment was made', passed: shop.drained === shop.queued }] : []),
    ...(circuit && (circuit.opened || shop.callsToDeadService >= ENOUGH)
      ? [
          { text: 'The circuit opened during the payment outage', passed: circuit.opened },
          ...(hasReturned ? [{ text: 'The circuit closed after payments recovered', passed: circuit.closed }] : []),
        ]
      : []),
  ];
}

function answersOf({ confirmed, queued, refused, failed }: Figures): number {
  return confirmed + queued + refused + failed;
}

/** Compares both shops on this machine, one sentence per figure. It does not decide the exit code. */
export function comparisonsOf({ with: shop, without }: BothSides): readonly string[] {
  const sentences: string[] = [];
  if (without.callsToDeadService > 0) {
    sentences.push(
      `Calls to the dead payment service: ${shop.callsToDeadService} with breakers, ${without.callsToDeadService} without`,
    );
  }
  if (shop.outageP99Ms !== null && without.outageP99Ms !== null) {
    sentences.push(
      `p99 waiting time during the payment outage: ${seconds(shop.outageP99Ms)} with breakers, ` +
        `${seconds(without.outageP99Ms)} without`,
    );
  }
  return sentences;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
