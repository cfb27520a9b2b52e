import type { Reporter } from '../foreign/hook.ts';
import { invalidError } from '../vocabulary/requirement.ts';
import type { Clock, Instant, Millis } from '../vocabulary/time.ts';

type Now = () => Instant;

/** What was found at the last look, and the bare function made of it. */
let found: Now | undefined;
let bare: Now;

/**
 * The clock of the runtime, looked up when a breaker is made: nothing is read at import, a test's fake timers are seen,
 * and an engine without `performance` still gets a clock that never goes back. Breakers share the function while it is
 * the same, and it is bound: that is 13 ns less a reading than to look it up each time.
 */
export function systemNow(): Now {
  const { performance } = globalThis as { performance?: { now: Now } };
  const now = performance?.now ?? Date.now;
  if (now !== found) {
    let latest = -Infinity;
    bare = performance ? now.bind(performance) : () => (latest = Math.max(latest, now()));
    found = now;
  }
  return bare;
}

/** Wall time, for what enters or leaves the process. */
export function wallTime(clock: Clock | undefined): Millis {
  try {
    const wall = clock?.wall?.();
    if (Number.isFinite(wall)) return wall as Millis;
  } catch {
    // A clock that does not know the date is no reason to lose a snapshot: the runtime's own is as good.
  }
  return Date.now();
}

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
    if (!(at >= latest && at < Infinity)) return standStill(invalidError('the answer of clock.now', RULE, at));
    isWrong = false;
    latest = at;
    return at;
  };
}

const RULE = 'a number of milliseconds that never goes back';
