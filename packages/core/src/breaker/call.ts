import type { VitalsMemory } from '../vitals/vitals.ts';
import type { Instant } from '../vocabulary/time.ts';

/** A call under way: the era it began in, its number if it is a probe, and when it began. */
export interface CallUnderWay {
  readonly generation: number;
  readonly id: number;
  readonly started: Instant;

  /** Those that have counted it as under way, and must hear that it no longer is; none for evidence without a permit. */
  readonly vitals: VitalsMemory | undefined;
}

/** A call under way with its two ends: they pass value or error through untouched and settle the call on the way. */
export interface Pass extends CallUnderWay {
  readonly succeeded: <T>(value: T) => T;
  readonly failed: (error: unknown) => never;
}
