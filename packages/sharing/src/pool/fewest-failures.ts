import type { Detector, Instant } from '@switchgear/core';
import { absorb } from './absorb.ts';

/** Good calls before the bad ones that are tried, and bad calls. A rule that needs more needs this many. */
const MOST_GOOD = 40;
const MOST_BAD = 200;

/** The fewest bad calls with which a rule reaches a verdict, found by trying: after no good call, after one, and so on. */
export function fewestFailures(make: () => Detector, slowerThan: number, at: Instant): number {
  let fewest = MOST_BAD;
  for (let good = 0; good <= MOST_GOOD; good++) {
    const detector = make();
    absorb(detector, { calls: good, failures: 0, slow: 0 }, slowerThan, at);
    const duration = Number.isFinite(slowerThan) ? slowerThan : 0;
    for (let bad = 1; bad < fewest; bad++) if (detector.tell(true, at + bad, duration, undefined)) fewest = bad;
  }
  return fewest;
}
