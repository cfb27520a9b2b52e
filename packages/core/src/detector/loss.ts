import { reaches } from '../vocabulary/decimals.ts';

/** However long all has been well, the walk is not further from its limit than this. */
const FLOOR = -8;
/** So many failures more than can be borne must have been seen; fewer right after an outage, and never a single one. */
const EXCESS = 3;
const EXCESS_IN_TROUBLE = 2;

/**
 * By how much failures outweigh the successes that calling on would bring, after one more call: a random walk about
 * `breakEven`, the share of failures at which calling costs as much as not calling.
 */
export function lossAfter(loss: number, failed: boolean, breakEven: number): number {
  return failed ? loss + (1 - breakEven) : Math.max(FLOOR, loss - breakEven);
}

/** Whether calling on no longer pays. */
export function isLost(loss: number, breakEven: number, inTrouble: boolean = false): boolean {
  return reaches(loss, (inTrouble ? EXCESS_IN_TROUBLE : EXCESS) * (1 - breakEven));
}
