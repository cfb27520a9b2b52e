import type { Circuit } from './circuit.ts';
import type { BothSides, Figures } from './figures.ts';

/** Something the shop with breakers promises. */
export interface Promised {
  readonly text: string;
  readonly kept: boolean;
}

/** The circuit opens at twenty failed calls within ten seconds, so this many in an outage of twenty seconds must have opened it. */
const ENOUGH = 60;

/**
 * What the shop with breakers promises, and whether it kept it. All of it is right or wrong however fast the machine is; what
 * depends on that is compared with the other shop instead, by {@link comparisonsOf}.
 *
 * @param circuit what the circuit before payments did, where that is known
 */
export function promisesOf({ with: shop }: BothSides, circuit?: Circuit): readonly Promised[] {
  const hasReturned = circuit?.isWellAtLast ?? true;
  return [
    { text: 'Every customer got an answer', kept: answersOf(shop) === shop.offered },
    { text: 'No accepted order is lost', kept: shop.lost === 0 },
    { text: 'Nobody is charged twice', kept: shop.chargedTwice === 0 },
    ...(hasReturned ? [{ text: 'Every queued payment is made', kept: shop.drained === shop.queued }] : []),
    ...(circuit && (circuit.opened || shop.callsToDeadService >= ENOUGH)
      ? [
          { text: 'The circuit opened when payments were dead', kept: circuit.opened },
          ...(hasReturned ? [{ text: 'The circuit closed when they were back', kept: circuit.closed }] : []),
        ]
      : []),
  ];
}

function answersOf({ confirmed, queued, refused, failed }: Figures): number {
  return confirmed + queued + refused + failed;
}

/** What breakers are for, as both shops did on this machine, in a sentence each. It decides nothing. */
export function comparisonsOf({ with: shop, without }: BothSides): readonly string[] {
  const sentences: string[] = [];
  if (without.callsToDeadService > 0) {
    sentences.push(
      `The dead service got ${shop.callsToDeadService} calls with breakers, ${without.callsToDeadService} without`,
    );
  }
  if (shop.outageP99Ms !== null && without.outageP99Ms !== null) {
    sentences.push(
      `While payments were dead, 99 of 100 customers waited at most ${seconds(shop.outageP99Ms)} with breakers, ` +
        `${seconds(without.outageP99Ms)} without`,
    );
  }
  return sentences;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
