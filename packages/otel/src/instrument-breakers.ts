import { type BatchObservableCallback, createNoopMeter, diag } from '@opentelemetry/api';
import { createDurations, createInstruments } from './meter/instruments.ts';
import { report } from './meter/report.ts';
import { type Books, hear } from './numbers/hear.ts';
import { Ledger } from './numbers/ledger.ts';
import { shownState } from './numbers/words.ts';
import { type InstrumentOptions, resolveOptions } from './options.ts';
import { type BreakerSource, observe } from './source/source.ts';
import { markSpan } from './span/mark-span.ts';

/** Breakers that are being measured. */
export interface Instrumentation {
  /** Ends it: nothing is heard, counted or reported any more, and breakers are as they were before. */
  stop(): void;
}

/**
 * Measures breakers with OpenTelemetry: calls, states, moves, open time and ratios as metrics, refusals and moves as events
 * of the caller's span. Register a `MeterProvider` before, or give a `meter`: without either there are no metrics, nothing
 * of a call is listened to, and OpenTelemetry's `diag` is told.
 *
 * @param breakers one breaker, any iterable of breakers, or a registry. A registry's are heard from their first call on,
 *   other iterables are looked through for new ones at each collection
 * @throws {TypeError | RangeError} for what is no breaker, and for an option unknown or out of range
 * @example
 * ```ts
 * instrumentBreakers([payments, inventory]);
 * ```
 */
export function instrumentBreakers(breakers: BreakerSource, options: InstrumentOptions = {}): Instrumentation {
  const { meter, clock, calls, durations, spans, ...bounds } = resolveOptions(options);
  const isHeard = meter !== createNoopMeter();
  if (!isHeard) diag.warn('instrumentBreakers: no MeterProvider is registered yet, so there will be no metrics');

  const wantsCalls = isHeard && calls;
  const ledger = new Ledger({ ...bounds, calls });
  const books: Books = { ledger, clock, durations: wantsCalls && durations ? createDurations(meter) : undefined };
  const observed = observe(breakers, {
    outcomes: wantsCalls,
    joined(breaker) {
      if (shownState(breaker) === 'open') ledger.of(breaker.name).openTime.begin(clock.now(), breaker.retryAfter);
    },
    listener(event) {
      if (isHeard) hear(books, event);
      if (spans) markSpan(event);
    },
  });

  const instruments = createInstruments(meter);
  const read: BatchObservableCallback = (result) =>
    report(result, instruments, ledger, observed.breakers(), clock.now());
  const all = Object.values(instruments);
  meter.addBatchObservableCallback(read, all);
  return {
    stop() {
      meter.removeBatchObservableCallback(read, all);
      observed.stop();
    },
  };
}
