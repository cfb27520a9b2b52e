import type { Histogram } from '@opentelemetry/api';
import type { BreakerEvent, Clock } from '@switchgear/core';
import type { Ledger } from './ledger.ts';
import type { OpenTime } from './open-time.ts';
import type { Fared, Series } from './series.ts';
import { ATTRIBUTE, spelt } from './words.ts';

/** Where events are written down. */
export interface Books {
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** Writes an event down. */
export function hear({ ledger, clock }: Books, event: BreakerEvent): void {
  const series = ledger.of(event.breaker);
  switch (event.type) {
    case 'outcome':
      countCall(ledger, series, event);
      break;
    case 'reject':
      series.count('rejected');
      break;
    case 'move':
      countMove(series, event, ledger.reason(event.because?.rule));
      keepOpenTime(series.openTime(clock), event, clock.now());
      break;
    case 'mode':
      // An operator's mode stands in the place of the state: what was open is shown so no longer.
      series.openTime(clock).cut(clock.now());
      break;
    case 'wouldOpen':
      countWouldOpen(series, ledger.reason(event.because?.rule));
  }
}

/** Records how long a settled call took. */
export function hearDuration(ledger: Ledger, durations: Histogram, event: BreakerEvent): void {
  const { type, duration } = event;
  if (type !== 'outcome' || duration === undefined) return;
  durations.record(duration / 1_000, ledger.of(event.breaker).attributesOf(faredIn(event)));
}

function faredIn({ outcome = 'ignored', slow }: BreakerEvent): Fared {
  return outcome === 'success' && slow ? 'slow_success' : outcome;
}

function countCall(ledger: Ledger, series: Series, event: BreakerEvent): void {
  series.expectCalls();
  const fared = faredIn(event);
  if (fared === 'failure') countFailure(series, ledger.kind(event.kind));
  else series.count(fared);
}

function countFailure(series: Series, kind: string): void {
  series.failures.add(kind, () => ({ ...series.attributesOf('failure'), [ATTRIBUTE.kind]: kind }));
}

function countWouldOpen(series: Series, reason: string): void {
  series.wouldOpen.add(reason, () => ({ ...series.named, [ATTRIBUTE.reason]: reason }));
}

function countMove(series: Series, { from, to }: BreakerEvent, reason: string): void {
  series.transitions.add(`${from} ${to} ${reason}`, () => ({
    ...series.named,
    [ATTRIBUTE.from]: spelt(from),
    [ATTRIBUTE.to]: spelt(to),
    [ATTRIBUTE.reason]: reason,
  }));
}

function keepOpenTime(openTime: OpenTime, { at, from, to, because }: BreakerEvent, now: number): void {
  // By `openFor` it goes only when its time is over, and that has been counted.
  if (from === 'open' && because?.rule !== 'openFor') openTime.cut(now);
  if (to === 'open') openTime.begin(now, (because?.nextAttemptAt ?? at) - at);
}
