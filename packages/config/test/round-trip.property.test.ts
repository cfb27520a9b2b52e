import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExportTarget, exportTo, load } from '../src/index.ts';

/** More of them are run by `pnpm verify`. */
const RUNS = Number(process.env['CONFIG_RUNS'] ?? 60);

const count = fc.integer({ min: 1, max: 500 });
const seconds = fc.integer({ min: 1, max: 3_600 }).map((s) => `${s}s`);
const percent = fc.integer({ min: 1, max: 100 });
/** A map with some of these fields. */
const some = (shapes: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> =>
  fc.record(shapes, { requiredKeys: [] });

const envoyOutliers = some({
  consecutive_5xx: fc.integer({ min: 0, max: 50 }),
  enforcing_consecutive_5xx: fc.constantFrom(0, 100),
  consecutive_gateway_failure: count,
  enforcing_consecutive_gateway_failure: fc.constantFrom(0, 100),
  split_external_local_origin_errors: fc.boolean(),
  consecutive_local_origin_failure: count,
  failure_percentage_threshold: percent,
  failure_percentage_request_volume: count,
  enforcing_failure_percentage: fc.constantFrom(0, 100),
  interval: seconds,
  max_ejection_time_jitter: seconds,
  success_rate_stdev_factor: count,
  base_ejection_time: seconds,
});
const thresholds = some({
  priority: fc.constant('DEFAULT'),
  max_requests: count,
  max_pending_requests: count,
  max_retries: count,
  retry_budget: some({ budget_percent: percent.map((value) => ({ value })), min_retry_concurrency: count }),
});
const envoy = fc
  .record({
    name: fc.constant('payments'),
    outlier_detection: envoyOutliers,
    circuit_breakers: thresholds.map((one) => ({ thresholds: [one] })),
  })
  .map((cluster) => ({ static_resources: { clusters: [cluster] } }));

const policy = some({
  outlierDetection: some({
    consecutive5xxErrors: fc.integer({ min: 0, max: 50 }),
    consecutiveGatewayErrors: fc.integer({ min: 0, max: 50 }),
    splitExternalLocalOriginErrors: fc.boolean(),
    consecutiveLocalOriginFailures: count,
    interval: seconds,
    baseEjectionTime: seconds,
    maxEjectionPercent: percent,
  }),
  retryBudget: some({ percent, minRetryConcurrency: count }),
  connectionPool: fc.record({
    http: some({ http2MaxRequests: count, http1MaxPendingRequests: count, maxRetries: count }),
  }),
});
const istio = fc
  .record({ top: policy, subset: fc.option(policy), port: fc.option(policy) })
  .map(({ top, subset, port }) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'reviews' },
    spec: {
      host: 'reviews',
      trafficPolicy: { ...top, ...(port && { portLevelSettings: [{ port: { number: 80 }, ...port }] }) },
      ...(subset && { subsets: [{ name: 'v2', labels: { version: 'v2' }, trafficPolicy: subset }] }),
    },
  }));

const circuit = some({
  slidingWindowType: fc.constantFrom('COUNT_BASED', 'TIME_BASED'),
  slidingWindowSize: count,
  minimumNumberOfCalls: count,
  failureRateThreshold: percent,
  slowCallRateThreshold: percent,
  slowCallDurationThreshold: seconds,
  waitDurationInOpenState: seconds,
  permittedNumberOfCallsInHalfOpenState: count,
  maxWaitDurationInHalfOpenState: seconds,
  transitionToStateAfterWaitDuration: fc.constantFrom('OPEN', 'CLOSED'),
  initialState: fc.constantFrom('CLOSED', 'OPEN', 'HALF_OPEN', 'FORCED_OPEN', 'DISABLED', 'METRICS_ONLY'),
  exponentialBackoffMultiplier: fc.integer({ min: 1, max: 10 }),
  exponentialMaxWaitDurationInOpenState: seconds,
  randomizedWaitFactor: percent.map((one) => one / 100),
});
const grows = fc.constantFrom({}, { enableExponentialBackoff: true }, { enableRandomizedWait: true });
const resilience4j = fc
  .record({ own: circuit, base: fc.option(circuit), grows, limit: seconds, places: count })
  .map(({ own, base, grows: how, limit, places }) => ({
    resilience4j: {
      circuitbreaker: { ...(base && { configs: { default: base } }), instances: { payments: { ...own, ...how } } },
      timelimiter: { instances: { payments: { timeoutDuration: limit } } },
      bulkhead: { instances: { payments: { maxConcurrentCalls: places, maxWaitDuration: limit } } },
    },
  }));

describe.each<[ExportTarget, fc.Arbitrary<object>]>([
  ['envoy', envoy],
  ['istio', istio],
  ['resilience4j', resilience4j],
])('%s', (target, documents) => {
  it('read, written and read again are the same settings', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const once = load(document);
        const { text } = exportTo(target, once);
        const again = load(text);
        expect(again.dialect).toBe(target);
        expect(again.data.breakers).toEqual(once.data.breakers);
      }),
      { numRuns: RUNS },
    );
  });

  it('written as ours and read again are the same settings', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const once = load(document);
        const again = load(exportTo('switchgear', once).text);
        expect(again.data).toEqual(once.data);
        expect(again.notes).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
