import type { Reporter } from '../foreign/hook.ts';
import { invalid } from '../vocabulary/requirement.ts';
import type { Clock, Instant } from '../vocabulary/time.ts';

/**
 * A user's clock, read as a method and held to what it promises. One that throws, gives no number or goes back is reported,
 * once until it is right again, and stands still meanwhile: no call fails for it.
 */
export function guardedNow(clock: Clock, reporter: Reporter): () => Instant {
  const now = clock.now.bind(clock);
  let latest = -Infinity;
  let isWrong = false;
  function standStill(fault: unknown): Instant {
    if (!isWrong) reporter.report(fault, 'clock');
    isWrong = true;
    return Math.max(0, latest);
  }
  return () => {
    let at: Instant;
    try {
      at = now();
    } catch (error) {
      return standStill(error);
    }
    // A coarse clock gives the same instant many times over.
    if (at === latest) return at;
    // Written as a negation so that NaN and non-numbers fail it too.
    if (!(at >= latest && at < Infinity)) return standStill(invalid('the answer of clock.now', RULE, at));
    isWrong = false;
    latest = at;
    return at;
  };
}

const RULE = 'a number of milliseconds that never goes back';
