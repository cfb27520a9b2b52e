import type { Breaker, Metrics, Millis, State } from '@switchgear/core';
import type { BreakerRecord } from '../history/record.ts';
import type { Row, Second } from '../wire/messages.ts';

/** Readings of one moment of opening differ by less than this. */
const SAME_MOMENT = 150;

/** What was known when the row was last read. */
export interface Before {
  readonly row: Row | undefined;
  readonly group: string;

  /** When it was read. */
  readonly at: Millis;
}

/** What a breaker says of itself now. Reading takes no probe. */
export function rowOf(record: BreakerRecord, breaker: Breaker, now: Millis, before: Before): Row {
  const metrics = breaker.metrics();
  const { state, mode, calls, failures, slow, failureRate, slowCallRate } = metrics;
  return {
    id: record.name,
    group: before.group,
    state,
    mode,
    since: record.since ?? null,
    until: untilOf(breaker, state, now, before.row),
    calls,
    failures,
    slow,
    failureRate: rounded(failureRate),
    slowCallRate: rounded(slowCallRate),
    admitted: state === 'half-open' ? admittedShare(metrics) : null,
    seconds: secondsOf(record, before.at, now),
  };
}

/** What happened in the seconds that were not over `from` then and are now. */
export function secondsOf(record: BreakerRecord, from: Millis, now: Millis): Second[] {
  const over = Math.floor(now / 1_000) * 1_000;
  return record.seconds
    .between(Math.floor(from / 1_000) * 1_000, over - 1)
    .map(({ at, succeeded, failed, refused }) => [at, succeeded, failed, refused]);
}

/** The next attempt, in wall time: the same number as before, if it is the same moment. */
function untilOf({ mode, retryAfter }: Breaker, state: State, now: Millis, before?: Row): Millis | null {
  if (state !== 'open' || mode !== 'active' || !Number.isFinite(retryAfter)) return null;
  const until = Math.round(now + retryAfter);
  const known = before?.until ?? Number.NaN;
  return Math.abs(until - known) < SAME_MOMENT ? known : until;
}

/** The stage of a ramp, else the share of the probes among those who asked; `null` while no probe has come back. */
function admittedShare({ share, calls, rejected }: Metrics): number | null {
  if (share !== undefined) return share;
  return calls > 0 ? rounded(calls / (calls + rejected)) : null;
}

/** To what the page shows: hundreds of rows go over the wire each second. */
function rounded(share: number | null): number | null {
  return share === null ? null : Math.round(share * 1_000) / 1_000;
}

/**
 * The service that a breaker's name belongs to: what stands before the first `/` or `:`, of an address the host. So
 * `payments/eu-1` and `payments/eu-2` are instances of `payments`.
 */
export function groupOf(name: string): string {
  const bare = name.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  return /^[^/:]+/.exec(bare)?.[0].trim() || name;
}
