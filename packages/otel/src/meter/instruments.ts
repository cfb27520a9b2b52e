import type { Histogram, Meter, Observable } from '@opentelemetry/api';

/** The bounds that OpenTelemetry recommends for the durations of HTTP requests, in seconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** What is read at each collection. */
export type Instruments = Readonly<
  Record<
    'calls' | 'transitions' | 'wouldOpen' | 'openDuration' | 'state' | 'failureRatio' | 'slowRatio' | 'windowCalls',
    Observable
  >
>;

/** Makes the instruments that are read. */
export function createInstruments(meter: Meter): Instruments {
  return {
    calls: meter.createObservableCounter('circuit_breaker.calls', {
      description: 'Calls, by outcome',
      unit: '{call}',
    }),
    transitions: meter.createObservableCounter('circuit_breaker.transitions', {
      description: 'Moves from one state to another, by reason',
      unit: '{transition}',
    }),
    wouldOpen: meter.createObservableCounter('circuit_breaker.would_open', {
      description: 'How often a circuit in shadow mode would have opened',
      unit: '{transition}',
    }),
    openDuration: meter.createObservableCounter('circuit_breaker.open.duration', {
      description: 'Time spent open, including the current open period',
      unit: 's',
    }),
    state: meter.createObservableGauge('circuit_breaker.state', {
      description: 'How many breakers of this name are in this state: 1 for the one it is in, 0 for the others',
      unit: '{breaker}',
    }),
    failureRatio: meter.createObservableGauge('circuit_breaker.failure_ratio', {
      description: 'Share of the calls in the window that failed',
      unit: '1',
    }),
    slowRatio: meter.createObservableGauge('circuit_breaker.slow_ratio', {
      description: 'Share of the calls in the window that were slow',
      unit: '1',
    }),
    windowCalls: meter.createObservableGauge('circuit_breaker.window.calls', {
      description: 'Calls in the window; while half-open, probes that have ended',
      unit: '{call}',
    }),
  };
}

/** Makes the one instrument that is written to with each call. */
export function createDurations(meter: Meter): Histogram {
  return meter.createHistogram('circuit_breaker.call.duration', {
    description: 'Duration of the calls that were made',
    unit: 's',
    advice: { explicitBucketBoundaries: SECONDS },
  });
}
