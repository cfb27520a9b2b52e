import type { Histogram } from '@opentelemetry/api';
import type { BreakerEvent, Clock } from '@switchgear/core';
import type { AllSeries } from './all-series.ts';
import { ATTRIBUTE, spelled } from './attributes.ts';
import type { OpenTime } from './open-time.ts';
import type { CallOutcome, Series } from './series.ts';

/** Counts an event in the series of its breaker. */
export function countEvent(all: AllSeries, clock: Clock, event: BreakerEvent): void {
  const series = all.of(event.breaker);
  switch (event.type) {
    case 'outcome':
      countCall(all, series, event);
      break;
    case 'reject':
      series.count('rejected');
      break;
    case 'move':
      countMove(series, event, all.reason(event.because?.rule));
      updateOpenTime(series.openTime(clock), event, clock.now());
      break;
    case 'mode':
      // The mode is now shown instead of the state, so an open circuit no longer counts as open.
      series.openTime(clock).end(clock.now());
      break;
    case 'wouldOpen':
      countWouldOpen(series, all.reason(event.because?.rule));
  }
}

/** Records the duration of a settled call. */
export function recordDuration(all: AllSeries, durations: Histogram, event: BreakerEvent): void {
  const { type, duration } = event;
  if (type !== 'outcome' || duration === undefined) return;
  durations.record(duration / 1_000, all.of(event.breaker).attributesOf(outcomeOf(event)));
}

function outcomeOf({ outcome = 'ignored', slow }: BreakerEvent): CallOutcome {
  return outcome === 'success' && slow ? 'slow_success' : outcome;
}

function countCall(all: AllSeries, series: Series, event: BreakerEvent): void {
  series.expectCalls();
  const outcome = outcomeOf(event);
  if (outcome === 'failure') countFailure(series, all.kind(event.kind));
  else series.count(outcome);
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
    [ATTRIBUTE.from]: spelled(from),
    [ATTRIBUTE.to]: spelled(to),
    [ATTRIBUTE.reason]: reason,
  }));
}

function updateOpenTime(openTime: OpenTime, { at, from, to, because }: BreakerEvent, now: number): void {
  // A move because of `openFor` means that the open period's time is over, which has been counted already.
  if (from === 'open' && because?.rule !== 'openFor') openTime.end(now);
  if (to === 'open') openTime.begin(now, (because?.nextAttemptAt ?? at) - at);
}
