import type { Vitals } from '../vitals/vitals.ts';

/** A latency above this many times the normal one is not chance. */
const UNUSUAL = 3;

/** Whether calls take several times as long as they normally do. */
export function isSlow({ latency, normalLatency }: Vitals): boolean {
  return latency > UNUSUAL * normalLatency;
}

/** Three times the normal latency over the present one, from 0.5 to 1; it is 1 while all is well. */
export function ease({ latency, normalLatency }: Vitals): number {
  return Math.max(0.5, Math.min(1, (UNUSUAL * normalLatency) / latency));
}
