import type { Vitals } from '../vitals/vitals.ts';

/** A latency beyond so many times the normal one is not chance. */
const UNUSUAL = 3;

/** Whether calls take several times as long as they normally do. */
export function isSlow({ latency, normalLatency }: Vitals): boolean {
  return latency > UNUSUAL * normalLatency;
}

/** What part of the present latency, times three, the normal one is: 1 while all is well, and no less than a half. */
export function ease({ latency, normalLatency }: Vitals): number {
  return Math.max(0.5, Math.min(1, (UNUSUAL * normalLatency) / latency));
}
