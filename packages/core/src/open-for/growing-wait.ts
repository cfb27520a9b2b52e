import type { Millis } from '../vocabulary/time.ts';
import { honour, type OpenFor } from './open-for.ts';

/** How chance spreads a wait: from the first wait, this one, and luck from 0 up to but not including 1. */
export type Spread = (wait: Millis, luck: number, first: Millis) => Millis;

/** From half of the wait to the whole of it: spread enough to part a herd, and never so short as to be no wait. */
export const equal: Spread = (wait, luck) => wait * (0.5 + luck / 2);

/** Waits that grow by `factor` up to `max`, within a server's Retry-After. Its numbers are checked by `exponential`. */
export function growingWait(
  first: Millis,
  max: Millis,
  factor: number,
  spread: Spread,
  retryAfterMax: Millis,
): OpenFor {
  const openFor: OpenFor = ({ attempt, luck, retryAfter }) => {
    const wait = Math.min(first * factor ** attempt, max);
    return honour(retryAfter, Math.min(spread(wait, luck, first), max), retryAfterMax);
  };
  return Object.assign(openFor, { retryAfterMax });
}
