import { createNoopMeter, diag } from '@opentelemetry/api';
import { markSpan } from './mark-span.ts';
import { measureEndpoints } from './meter/endpoints.ts';
import { type BreakerSource, observeSource } from './meter/observe.ts';
import { type Source, sharedMeter } from './meter/shared-meter.ts';
import { measureSharing } from './meter/sharing.ts';
import { type InstrumentOptions, resolveOptions } from './options.ts';

/** A running measurement of breakers. */
export interface Instrumentation {
  /**
   * Stops measuring and unsubscribes from the breakers. What other calls measure on the same meter continues.
   */
  stop(): void;
}

/**
 * Measures breakers with OpenTelemetry: calls, states, moves, open time and ratios as metrics, refusals and moves as events
 * of the caller's span. Register a `MeterProvider` first, or pass a `meter`: without either there are no metrics, calls are not
 * listened to, and a warning goes to OpenTelemetry's `diag`.
 *
 * Breakers of the same name on one meter are one series, even if they were passed to different calls; a breaker that was passed
 * to several calls counts once.
 *
 * @param breakers one breaker, any iterable of breakers, or a registry. A registry's breakers are measured from their first
 *   event; other iterables are searched for new breakers at each collection
 * @throws {TypeError | RangeError} if `breakers` contains anything else, or if an option is unknown or out of range
 * @example
 * ```ts
 * instrumentBreakers([payments, inventory]);
 * ```
 */
export function instrumentBreakers(breakers: BreakerSource, options: InstrumentOptions = {}): Instrumentation {
  const { meter, clock, calls, durations, spans, sharing, balancer, ...bounds } = resolveOptions(options);
  const hasMeter = meter !== createNoopMeter();
  if (!hasMeter) diag.warn('instrumentBreakers: no MeterProvider is registered yet, so there will be no metrics');

  const wantsCalls = hasMeter && calls;
  const shared = sharedMeter(meter);
  shared.series.widen(bounds);
  const source: Source = { clock, calls: wantsCalls, durations: wantsCalls && durations };
  const observed = observeSource(breakers, {
    outcomes: wantsCalls,
    onBreaker: (breaker) => shared.addBreaker(breaker, source),
    listener(event) {
      if (hasMeter) shared.count(event, source);
      if (spans && shared.shouldMark(event)) markSpan(event);
    },
  });
  source.observed = observed;
  shared.add(source);
  const stopSharing = sharing && measureSharing(sharing, meter, shared.series);
  const stopEndpoints = balancer && measureEndpoints(balancer, meter, shared.series);
  return {
    stop() {
      stopSharing?.();
      stopEndpoints?.();
      shared.remove(source);
      observed.stop();
    },
  };
}
