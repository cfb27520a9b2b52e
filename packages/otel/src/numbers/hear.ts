import type { Histogram } from '@opentelemetry/api';
import type { BreakerEvent, Clock } from '@switchgear/core';
import type { Ledger } from './ledger.ts';
import type { OpenTime } from './open-time.ts';
import type { Series } from './series.ts';
import { ATTRIBUTE, spelt } from './words.ts';

/** Where events are written down. */
export interface Books {
  readonly ledger: Ledger;
  readonly clock: Clock;

  /** Nothing where durations are not wanted. */
  readonly durations: Histogram | undefined;
}

/** Writes an event down. */
export function hear(books: Books, event: BreakerEvent): void {
  const { ledger, clock } = books;
  const series = ledger.of(event.breaker);
  switch (event.type) {
    case 'outcome':
      countCall(books, series, event);
      break;
    case 'reject':
      series.count('rejected');
      break;
    case 'move':
      countMove(series, event, ledger.reason(event.because?.rule));
      keepOpenTime(series.openTime, event, clock.now());
      break;
    case 'mode':
      // An operator's mode stands in the place of the state: what was open is shown so no longer.
      series.openTime.cut(clock.now());
      break;
    case 'wouldOpen':
      countWouldOpen(series, ledger.reason(event.because?.rule));
  }
}

function countCall({ ledger, durations }: Books, series: Series, event: BreakerEvent): void {
  const { outcome = 'ignored', slow, kind, duration } = event;
  const fared = outcome === 'success' && slow ? 'slow_success' : outcome;
  if (fared === 'failure') countFailure(series, ledger.kind(kind));
  else series.count(fared);
  if (duration !== undefined) durations?.record(duration / 1_000, series.attributesOf(fared));
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
