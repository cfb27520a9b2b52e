import type { BatchObservableResult } from '@opentelemetry/api';
import type { AllSeries } from '../numbers/all-series.ts';
import { ATTRIBUTE, SHOWN_STATES, type ShownState, shownState } from '../numbers/attributes.ts';
import type { Series } from '../numbers/series.ts';
import type { Instruments } from './instruments.ts';
import type { ObservedBreaker } from './observe.ts';

/** Reports all counts, and the present state of each breaker. */
export function report(
  result: BatchObservableResult,
  instruments: Instruments,
  all: AllSeries,
  breakers: Iterable<ObservedBreaker>,
): void {
  const present = new Map<Series, PresentState>();
  for (const breaker of breakers) {
    const series = all.of(breaker.name);
    const state = present.get(series) ?? new PresentState();
    state.add(breaker);
    present.set(series, state);
  }
  // Report every name ever seen: SDKs keep reporting the last value of a series that is no longer observed, such as an open
  // circuit.
  for (const series of all) {
    reportState(result, instruments, series, present.get(series) ?? new PresentState());
    reportCounts(result, instruments, series);
  }
}

function reportState(
  result: BatchObservableResult,
  { state, windowCalls, failureRatio, slowRatio }: Instruments,
  { named }: Series,
  present: PresentState,
): void {
  for (const [shown, breakers] of present.states)
    result.observe(state, breakers, { ...named, [ATTRIBUTE.state]: shown });
  result.observe(windowCalls, present.calls, named);
  result.observe(failureRatio, present.failureRatio, named);
  result.observe(slowRatio, present.slowRatio, named);
}

function reportCounts(
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

/** The states and windows of all breakers of one name, however many there are. */
class PresentState {
  readonly states: Map<ShownState, number> = new Map(SHOWN_STATES.map((state) => [state, 0]));
  calls = 0;
  #failures = 0;
  #slow = 0;

  /** Adds a breaker. Reading it changes nothing. */
  add(breaker: ObservedBreaker): void {
    const metrics = breaker.metrics();
    const state = shownState(metrics);
    this.states.set(state, (this.states.get(state) ?? 0) + 1);
    this.calls += metrics.calls;
    this.#failures += metrics.failures;
    this.#slow += metrics.slow;
  }

  /** From 0 to 1; 0 while there are no calls. */
  get failureRatio(): number {
    return this.#failures / Math.max(1, this.calls);
  }

  /** From 0 to 1; 0 while there are no calls, and if the rule counts no slow calls. */
  get slowRatio(): number {
    return this.#slow / Math.max(1, this.calls);
  }
}
