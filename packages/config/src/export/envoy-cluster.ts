import type { BreakerData } from '../own/data.ts';
import type { ExportNotes } from './export-notes.ts';
import { detectionFor } from './outlier-notes.ts';

/** A cluster of Envoy, as far as settings of a breaker say something about it. */
export function envoyCluster(name: string, data: BreakerData, notes: ExportNotes): object {
  const of = detectionFor(data, notes);
  const limits = limitsOf(data, notes);
  return {
    name,
    ...(of === 'off' && { outlier_detection: { enforcing_consecutive_5xx: 0, enforcing_success_rate: 0 } }),
    ...(of &&
      of !== 'off' && {
        outlier_detection: {
          ...row('consecutive_5xx', of.consecutive5xx, true),
          ...row('consecutive_gateway_failure', of.consecutiveGateway, false),
          ...(of.split && { split_external_local_origin_errors: true }),
          ...(of.split && row('consecutive_local_origin_failure', of.consecutiveLocal, true)),
          enforcing_success_rate: 0,
          ...(of.percentage && {
            failure_percentage_threshold: Math.max(1, Math.round(of.percentage.share * 100)),
            failure_percentage_request_volume: of.percentage.calls,
            failure_percentage_minimum_hosts: 1,
            enforcing_failure_percentage: 100,
          }),
          interval: seconds(of.interval),
          base_ejection_time: seconds(of.base),
          max_ejection_time: seconds(of.max),
          ...(of.jitter > 0 && { max_ejection_time_jitter: seconds(of.jitter) }),
          // A breaker refuses all calls to the service; with less than this, some endpoints would stay.
          max_ejection_percent: 100,
        },
      }),
    ...(limits && { circuit_breakers: { thresholds: [{ priority: 'DEFAULT', ...limits }] } }),
  };
}

/** A rule of failures in a row; switched off if Envoy would have it on by default. */
function row(name: string, failures: number, isDefault: boolean): object {
  if (failures > 0) return { [name]: failures, [`enforcing_${name}`]: 100 };
  return isDefault ? { [`enforcing_${name}`]: 0 } : {};
}

function limitsOf({ bulkhead, retryBudget }: BreakerData, notes: ExportNotes): object | undefined {
  if (bulkhead?.queueFor !== undefined)
    notes.add('bulkhead.queueFor', 'not carried', 'who waits for a connection waits as long as the route allows');
  if (bulkhead?.reclaimAfter !== undefined)
    notes.add('bulkhead.reclaimAfter', 'not carried', 'a proxy sees every call end');
  if (!bulkhead && !retryBudget) return undefined;
  return {
    ...(bulkhead && { max_requests: bulkhead.concurrent }),
    ...(bulkhead?.queue !== undefined && { max_pending_requests: bulkhead.queue }),
    ...(retryBudget && retriesOf(retryBudget)),
  };
}

function retriesOf({ share, burst }: NonNullable<BreakerData['retryBudget']>): object {
  if (share === undefined) return { max_retries: burst };
  return {
    retry_budget: {
      budget_percent: { value: Math.round(share * 1e6) / 1e4 },
      ...(burst !== undefined && { min_retry_concurrency: burst }),
    },
  };
}

/** Milliseconds as protobuf writes them. */
export function seconds(ms: number): string {
  return `${Math.max(1, Math.round(ms)) / 1_000}s`;
}
