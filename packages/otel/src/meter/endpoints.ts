import type { BatchObservableCallback, Meter, Observable } from '@opentelemetry/api';
import type { AllSeries } from '../numbers/all-series.ts';

/** The part of a `Balancer` of `@switchgear/balancer` that is measured. */
export interface ObservedBalancer {
  readonly name: string;
  rows(): readonly {
    readonly id: string;
    readonly weight: number;
    readonly load: number;
    readonly latency: number;
    readonly success: number;
  }[];
}

/**
 * Measures how the endpoints of a balancer stand, on instruments of its own. An endpoint has the series of its breaker, so their
 * number is bounded as that of breakers is.
 *
 * @returns a function that ends it
 */
export function measureEndpoints(balancer: ObservedBalancer, meter: Meter, all: AllSeries): () => void {
  const instruments = createInstruments(meter);
  const read: BatchObservableCallback = (result) => {
    for (const { id, weight, load, latency, success } of balancer.rows()) {
      const { named } = all.of(`${balancer.name}/${id}`);
      result.observe(instruments.weight, weight, named);
      result.observe(instruments.load, load, named);
      result.observe(instruments.latency, latency / 1_000, named);
      result.observe(instruments.success, success, named);
    }
  };
  const observables: Observable[] = Object.values(instruments);
  meter.addBatchObservableCallback(read, observables);
  return () => meter.removeBatchObservableCallback(read, observables);
}

function createInstruments(meter: Meter) {
  return {
    weight: meter.createObservableGauge('circuit_breaker.endpoint.weight', {
      description: 'The share of calls that an endpoint is given: less while it starts or is degraded, 0 while ejected',
      unit: '1',
    }),
    load: meter.createObservableGauge('circuit_breaker.endpoint.load', {
      description: 'Calls under way at an endpoint',
      unit: '{call}',
    }),
    latency: meter.createObservableGauge('circuit_breaker.endpoint.latency', {
      description: 'The latency that an endpoint is chosen by: it rises at once and falls in 10 s',
      unit: 's',
    }),
    success: meter.createObservableGauge('circuit_breaker.endpoint.success_ratio', {
      description: 'The share of the last calls of an endpoint that succeeded; it tends to 1 in 10 s',
      unit: '1',
    }),
  };
}
