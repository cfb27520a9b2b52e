import type { Instant } from '../vocabulary/time.ts';
import type { Detector } from './detector.ts';
import { EXCESS } from './loss.ts';
import { SequentialTest } from './sequential-test.ts';

/**
 * How many failures in a row would make a verdict of a sequential test now, if it held none: enough for both of its statistics.
 *
 * @returns undefined for any other detector
 */
export function neededFailures(detector: Detector, at: Instant): number | undefined {
  if (!(detector instanceof SequentialTest)) return undefined;
  const { share } = detector.normal;
  return Math.ceil(Math.max(EXCESS, detector.limit(at) / Math.log((1 + share) / (2 * share))));
}
