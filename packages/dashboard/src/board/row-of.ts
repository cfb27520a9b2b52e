import type { Breaker, Millis, State } from '@switchgear/core';
import type { BreakerRecord } from '../history/record.ts';
import type { Row, Second } from '../wire/row.ts';

/** Readings of one moment of opening differ by less than this. */
const SAME_MOMENT = 150;

/** What a breaker says of itself now. Reading takes no probe. */
export function rowOf(record: BreakerRecord, breaker: Breaker, group: string, now: Millis, before?: Row): Row {
  const { state, mode, calls, failures, slow, failureRate, slowCallRate } = breaker.metrics();
  return {
    id: record.name,
    group,
    state,
    mode,
    since: record.since ?? null,
    until: untilOf(breaker, state, now, before),
    calls,
    failures,
    slow,
    failureRate,
    slowCallRate,
    admitted: state === 'half-open' ? admittedShare(record, now) : null,
    second: secondsOf(record, now - 1_000, now - 1_000)[0] ?? null,
  };
}

/** What happened second by second. */
export function secondsOf(record: BreakerRecord, from: Millis, to: Millis): Second[] {
  return record.seconds.between(from, to).map(({ at, succeeded, failed, refused }) => [at, succeeded, failed, refused]);
}

/** The next attempt, in wall time: the same number as before, if it is the same moment. */
function untilOf({ mode, retryAfter }: Breaker, state: State, now: Millis, before?: Row): Millis | null {
  if (state !== 'open' || mode !== 'active' || !Number.isFinite(retryAfter)) return null;
  const until = Math.round(now + retryAfter);
  const known = before?.until ?? Number.NaN;
  return Math.abs(until - known) < SAME_MOMENT ? known : until;
}

function admittedShare(record: BreakerRecord, now: Millis): number | null {
  let admitted = 0;
  let refused = 0;
  for (const bucket of record.seconds.between(now - 5_000, now)) {
    admitted += bucket.succeeded + bucket.failed;
    refused += bucket.refused;
  }
  return admitted + refused > 0 ? admitted / (admitted + refused) : null;
}
