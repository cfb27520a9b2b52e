import type { BatchObservableResult } from '@opentelemetry/api';
import type { Ledger } from '../numbers/ledger.ts';
import type { Series } from '../numbers/series.ts';
import { ATTRIBUTE } from '../numbers/words.ts';
import type { ObservedBreaker } from '../source/source.ts';
import type { Instruments } from './instruments.ts';
import { Standing } from './standing.ts';

/** Reports everything counted, and where each breaker stands. */
export function report(
  result: BatchObservableResult,
  instruments: Instruments,
  ledger: Ledger,
  breakers: Iterable<ObservedBreaker>,
): void {
  const standings = new Map<Series, Standing>();
  for (const breaker of breakers) {
    const series = ledger.of(breaker.name);
    const standing = standings.get(series) ?? new Standing();
    standing.add(breaker);
    standings.set(series, standing);
  }
  // Of every name there ever was: SDKs go on reporting the last of what is no longer said, an open circuit for one.
  for (const series of ledger) {
    reportStanding(result, instruments, series, standings.get(series) ?? new Standing());
    reportNumbers(result, instruments, series);
  }
}

function reportStanding(
  result: BatchObservableResult,
  { state, windowCalls, failureRatio, slowRatio }: Instruments,
  { named }: Series,
  standing: Standing,
): void {
  for (const [shown, breakers] of standing.states)
    result.observe(state, breakers, { ...named, [ATTRIBUTE.state]: shown });
  result.observe(windowCalls, standing.calls, named);
  result.observe(failureRatio, standing.failureRatio, named);
  result.observe(slowRatio, standing.slowRatio, named);
}

function reportNumbers(
  result: BatchObservableResult,
  { calls, transitions, wouldOpen, openDuration }: Instruments,
  series: Series,
): void {
  for (const { attributes, value } of series.calls) result.observe(calls, value, attributes);
  for (const { attributes, value } of series.failures) result.observe(calls, value, attributes);
  for (const { attributes, value } of series.transitions) result.observe(transitions, value, attributes);
  for (const { attributes, value } of series.wouldOpen) result.observe(wouldOpen, value, attributes);
  result.observe(openDuration, series.openFor() / 1_000, series.named);
}
