import type { BothSides } from './figures.ts';

/** Something the shop with breakers promises. */
export interface Promised {
  readonly text: string;
  readonly kept: boolean;
}

/** Calls to a dead service, as a share of those without breakers. */
const CALLS_SHARE = 0.1;

/** How long all but one in a hundred customers may wait while payments are dead, in milliseconds. */
const OUTAGE_P99 = 1_000;

/** What the shop with breakers promises, and whether it kept it. */
export function promisesOf({ with: shop, without }: BothSides): readonly Promised[] {
  return [
    { text: 'No accepted order is lost', kept: shop.lost === 0 },
    { text: 'Nobody is charged twice', kept: shop.chargedTwice === 0 },
    { text: 'Every queued payment is made', kept: shop.drained === shop.queued },
    {
      text: 'The dead service gets at most a tenth of the calls it got without breakers',
      kept: shop.callsToDeadService <= CALLS_SHARE * without.callsToDeadService,
    },
    {
      text: 'While payments are dead, 99 of 100 customers wait at most a second',
      kept: shop.outageP99Ms !== null && shop.outageP99Ms <= OUTAGE_P99,
    },
  ];
}
