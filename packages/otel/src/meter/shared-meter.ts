import type { BatchObservableCallback, Histogram, Meter, Observable } from '@opentelemetry/api';
import type { BreakerEvent, Clock } from '@switchgear/core';
import { AllSeries } from '../numbers/all-series.ts';
import { shownState } from '../numbers/attributes.ts';
import { countEvent, recordDuration } from '../numbers/count-event.ts';
import { createDurations, createInstruments, type Instruments } from './instruments.ts';
import type { Observed, ObservedBreaker } from './observe.ts';
import { report } from './report.ts';

/** The breakers of one call of `instrumentBreakers`, and what to measure of them. */
export interface Source {
  readonly clock: Clock;
  readonly calls: boolean;
  readonly durations: boolean;

  /** Set when observation has begun. */
  observed?: Observed;
}

/**
 * What all calls of `instrumentBreakers` on one meter share: the series, the instruments and the callback that reads them.
 * Series are identified by their attributes alone, so if two callbacks reported one name, the last would win. A breaker in
 * several sources counts once.
 */
export class SharedMeter {
  readonly series: AllSeries = new AllSeries();
  readonly #meter: Meter;
  readonly #sources = new Set<Source>();
  readonly #counted = new WeakSet<BreakerEvent>();
  readonly #timed = new WeakSet<BreakerEvent>();
  readonly #marked = new WeakSet<BreakerEvent>();
  #instruments: Instruments | undefined;
  #durations: Histogram | undefined;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  add(source: Source): void {
    this.#instruments ??= createInstruments(this.#meter);
    if (source.durations) this.#durations ??= createDurations(this.#meter);
    if (this.#sources.size === 0) this.#meter.addBatchObservableCallback(this.#read, this.#observables());
    this.#sources.add(source);
  }

  /** Takes note of a new breaker, before its first event. */
  addBreaker(breaker: ObservedBreaker, { clock, calls }: Source): void {
    const series = this.series.of(breaker.name);
    if (calls) series.expectCalls();
    if (shownState(breaker) !== 'open' || this.#isObserved(breaker)) return;
    series.openTime(clock).begin(clock.now(), breaker.retryAfter);
  }

  /** Counts an event, once for all sources. */
  count(event: BreakerEvent, { clock, durations }: Source): void {
    if (this.#isFirst(this.#counted, event)) countEvent(this.series, clock, event);
    if (durations && this.#durations && this.#isFirst(this.#timed, event)) {
      recordDuration(this.series, this.#durations, event);
    }
  }

  /** Whether no other source has marked a span with this event yet. */
  shouldMark(event: BreakerEvent): boolean {
    return this.#isFirst(this.#marked, event);
  }

  /** Removes a source. Its counts are kept, so that no counter falls if the same breakers are measured again. */
  remove(source: Source): void {
    if (!this.#sources.delete(source)) return;
    const { clock, observed } = source;
    for (const breaker of observed?.subscribed() ?? []) {
      if (shownState(breaker) === 'open' && !this.#isObserved(breaker)) {
        this.series.of(breaker.name).openTime(clock).end(clock.now());
      }
    }
    if (![...this.#sources].some((other) => other.clock === clock)) {
      for (const series of this.series) series.releaseClock(clock);
    }
    if (this.#sources.size === 0) this.#meter.removeBatchObservableCallback(this.#read, this.#observables());
  }

  #observables(): Observable[] {
    return Object.values(this.#instruments ?? {});
  }

  /** A breaker in two sources reports each event twice. With a single source there is nothing to compare. */
  #isFirst(seen: WeakSet<BreakerEvent>, event: BreakerEvent): boolean {
    if (this.#sources.size < 2) return true;
    if (seen.has(event)) return false;
    seen.add(event);
    return true;
  }

  #isObserved(breaker: ObservedBreaker): boolean {
    for (const { observed } of this.#sources) {
      for (const other of observed?.subscribed() ?? []) if (other === breaker) return true;
    }
    return false;
  }

  readonly #read: BatchObservableCallback = (result) => {
    const breakers = new Set<ObservedBreaker>();
    const errors: unknown[] = [];
    for (const { observed, calls } of this.#sources) {
      try {
        for (const breaker of observed?.breakers() ?? []) {
          breakers.add(breaker);
          if (calls) this.series.of(breaker.name).expectCalls();
        }
      } catch (error) {
        // A source that cannot be iterated does not hide the others.
        errors.push(error);
      }
    }
    report(result, this.#instruments as Instruments, this.series, breakers);
    if (errors.length > 0) throw errors[0];
  };
}

/** Shared by all copies of this package. Change the number whenever the interface of `SharedMeter` changes. */
const SHARED = '@switchgear/otel/meters/2';

/** The shared part of this meter; made at the first use. */
export function sharedMeter(meter: Meter): SharedMeter {
  const key = Symbol.for(SHARED);
  const realm = globalThis as { [key: symbol]: WeakMap<Meter, SharedMeter> | undefined };
  realm[key] ??= new WeakMap();
  const shared = realm[key].get(meter) ?? new SharedMeter(meter);
  realm[key].set(meter, shared);
  return shared;
}
