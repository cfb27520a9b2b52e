import type { Detector, Instant, Verdict } from '@switchgear/core';
import type { Sums } from '../report/sums.ts';

/**
 * Tells a detector of calls of which only the numbers are known: the bad ones evenly among the good ones, a millisecond
 * apart, because a detector may count what fails in the same one as one event. What the detector cannot need to know one by
 * one it gets as a number, as from its breaker, so the cost does not grow with the number of good calls.
 *
 * @param slowerThan from which duration on a call is slow
 * @returns the first verdict
 */
export function absorb(detector: Detector, calls: Sums, slowerThan: number, at: Instant): Verdict | undefined {
  const slowAndGood = Math.min(calls.slow, calls.calls - calls.failures);
  const bad = calls.failures + slowAndGood;
  const good = calls.calls - bad;
  let verdict: Verdict | undefined;
  for (let i = 0; i <= bad; i++) {
    const run = Math.floor((good * (i + 1)) / (bad + 1)) - Math.floor((good * i) / (bad + 1));
    const found = absorbGood(detector, run, at + i);
    verdict ??= found;
    if (i === bad) break;
    const failed = i < calls.failures;
    const duration = failed && i >= calls.slow - slowAndGood ? 0 : slowerThan;
    const after = detector.tell(failed, at + i, Number.isFinite(duration) ? duration : 0, undefined);
    verdict ??= after;
  }
  return verdict;
}

function absorbGood(detector: Detector, calls: number, at: Instant): Verdict | undefined {
  let verdict: Verdict | undefined;
  for (let left = calls; left > 0; ) {
    const lull = at < detector.lullUntil ? Math.min(left, detector.lull) : 0;
    if (lull > 0) detector.skip(lull);
    else {
      const found = detector.tell(false, at, 0, undefined);
      verdict ??= found;
    }
    left -= Math.max(1, lull);
  }
  return verdict;
}
