import type { BatchObservableCallback, Histogram, Meter, Observable } from '@opentelemetry/api';
import type { BreakerEvent, Clock } from '@switchgear/core';
import { hear, hearDuration } from '../numbers/hear.ts';
import { Ledger } from '../numbers/ledger.ts';
import { shownState } from '../numbers/words.ts';
import type { Observed, ObservedBreaker } from '../source/source.ts';
import { createDurations, createInstruments, type Instruments } from './instruments.ts';
import { report } from './report.ts';

/** Breakers that one call of `instrumentBreakers` has given to a meter, and what it wants to know of them. */
export interface Source {
  readonly clock: Clock;
  readonly calls: boolean;
  readonly durations: boolean;

  /** Set once they are being observed. */
  observed?: Observed;
}

/**
 * What all calls of `instrumentBreakers` on one meter share: the numbers, the instruments and the callback that reads them.
 * Series are known by their attributes alone, so of two callbacks that report one name the last would win; and a breaker that
 * is in several sources counts once.
 */
export class SharedMeter {
  readonly ledger: Ledger = new Ledger();
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

  /** A breaker that is there from now on, before its first event. */
  joined(breaker: ObservedBreaker, { clock, calls }: Source): void {
    const series = this.ledger.of(breaker.name);
    if (calls) series.expectCalls();
    if (shownState(breaker) !== 'open' || this.#isObserved(breaker)) return;
    series.openTime(clock).begin(clock.now(), breaker.retryAfter);
  }

  hear(event: BreakerEvent, { clock, durations }: Source): void {
    if (this.#isFirst(this.#counted, event)) hear({ ledger: this.ledger, clock }, event);
    if (durations && this.#durations && this.#isFirst(this.#timed, event)) {
      hearDuration(this.ledger, this.#durations, event);
    }
  }

  /** Whether nobody has marked a span with this event yet. */
  isToMark(event: BreakerEvent): boolean {
    return this.#isFirst(this.#marked, event);
  }

  /** What was counted stays, so that no counter goes back when somebody measures the same breakers again. */
  remove(source: Source): void {
    if (!this.#sources.delete(source)) return;
    const { clock, observed } = source;
    for (const breaker of observed?.present() ?? []) {
      if (shownState(breaker) === 'open' && !this.#isObserved(breaker)) {
        this.ledger.of(breaker.name).openTime(clock).cut(clock.now());
      }
    }
    if (![...this.#sources].some((other) => other.clock === clock)) {
      for (const series of this.ledger) series.forget(clock);
    }
    if (this.#sources.size === 0) this.#meter.removeBatchObservableCallback(this.#read, this.#observables());
  }

  #observables(): Observable[] {
    return Object.values(this.#instruments ?? {});
  }

  /** A breaker in two sources is heard twice. With one source there is nothing to compare. */
  #isFirst(heard: WeakSet<BreakerEvent>, event: BreakerEvent): boolean {
    if (this.#sources.size < 2) return true;
    if (heard.has(event)) return false;
    heard.add(event);
    return true;
  }

  #isObserved(breaker: ObservedBreaker): boolean {
    for (const { observed } of this.#sources) {
      for (const other of observed?.present() ?? []) if (other === breaker) return true;
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
          if (calls) this.ledger.of(breaker.name).expectCalls();
        }
      } catch (error) {
        // One source that cannot be looked through does not hide the others.
        errors.push(error);
      }
    }
    report(result, this.#instruments as Instruments, this.ledger, breakers);
    if (errors.length > 0) throw errors[0];
  };
}

/** Copies of this package share it too, as long as it keeps its form. */
const SHARED = '@switchgear/otel/meters/1';

/** What is shared on this meter. */
export function sharedMeter(meter: Meter): SharedMeter {
  const key = Symbol.for(SHARED);
  const realm = globalThis as { [key: symbol]: WeakMap<Meter, SharedMeter> | undefined };
  realm[key] ??= new WeakMap();
  const shared = realm[key].get(meter) ?? new SharedMeter(meter);
  realm[key].set(meter, shared);
  return shared;
}
