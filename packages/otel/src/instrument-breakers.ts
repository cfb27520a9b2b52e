import { createNoopMeter, diag } from '@opentelemetry/api';
import { type Source, sharedMeter } from './meter/shared-meter.ts';
import { type InstrumentOptions, resolveOptions } from './options.ts';
import { type BreakerSource, observe } from './source/source.ts';
import { markSpan } from './span/mark-span.ts';

/** Breakers that are being measured. */
export interface Instrumentation {
  /**
   * Ends it: nothing of them is heard, counted or reported any more, and breakers are as they were before. What others have
   * given to the same meter goes on being measured.
   */
  stop(): void;
}

/**
 * Measures breakers with OpenTelemetry: calls, states, moves, open time and ratios as metrics, refusals and moves as events
 * of the caller's span. Register a `MeterProvider` before, or give a `meter`: without either there are no metrics, nothing
 * of a call is listened to, and OpenTelemetry's `diag` is told.
 *
 * Breakers of one name on one meter are one series, whichever calls they came by; a breaker that came by several counts once.
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
  const shared = sharedMeter(meter);
  shared.ledger.widen(bounds);
  const source: Source = { clock, calls: wantsCalls, durations: wantsCalls && durations };
  const observed = observe(breakers, {
    outcomes: wantsCalls,
    joined: (breaker) => shared.joined(breaker, source),
    listener(event) {
      if (isHeard) shared.hear(event, source);
      if (spans && shared.isToMark(event)) markSpan(event);
    },
  });
  source.observed = observed;
  shared.add(source);
  return {
    stop() {
      shared.remove(source);
      observed.stop();
    },
  };
}
