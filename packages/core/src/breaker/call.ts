import type { Instant } from '../vocabulary/time.ts';

/** The number of evidence without a permit. */
export const NO_CALL = -1;

/** A call under way: the era it began in, its number if it is a probe, and when it began. */
export interface CallUnderWay {
  readonly generation: number;
  readonly id: number;
  readonly started: Instant;
}

/** A call under way with its two ends: they pass value or error through untouched and settle the call on the way. */
export interface Pass extends CallUnderWay {
  readonly succeeded: <T>(value: T) => T;
  readonly failed: (error: unknown) => never;
}
