import { reaches } from '../vocabulary/decimal.ts';

/** The lowest value of the walk, so that a long good time does not delay the next opening. */
const FLOOR = -8;
/** How many failures in excess of the break-even share are needed; fewer right after an outage, but never just one. */
export const EXCESS = 3;
const EXCESS_IN_TROUBLE = 2;

/**
 * By how much failures outweigh successes after one more call: a random walk around `breakEven`, the share of failures at
 * which calling costs as much as not calling.
 */
export function lossAfter(loss: number, failed: boolean, breakEven: number): number {
  return failed ? loss + (1 - breakEven) : Math.max(FLOOR, loss - breakEven);
}

/** Whether further calls no longer pay. */
export function isLost(loss: number, breakEven: number, inTrouble: boolean = false): boolean {
  return reaches(loss, (inTrouble ? EXCESS_IN_TROUBLE : EXCESS) * (1 - breakEven));
}
