import type { Outliers } from '../dialects/outliers.ts';
import type { BreakerData } from '../own/data.ts';
import { durationText } from '../values/duration.ts';
import type { ExportNotes } from './export-notes.ts';
import { detectionFor } from './outlier-notes.ts';

/** The traffic policy of Istio that says what settings of a breaker say. */
export function trafficPolicy(data: BreakerData, notes: ExportNotes): object {
  const of = detectionFor(data, notes);
  const { bulkhead, retryBudget } = data;
  if (bulkhead?.queueFor !== undefined)
    notes.add('bulkhead.queueFor', 'not carried', 'who waits for a connection waits as long as the route allows');
  if (bulkhead?.reclaimAfter !== undefined)
    notes.add('bulkhead.reclaimAfter', 'not carried', 'a proxy sees every call end');
  const http = {
    ...(bulkhead && { http2MaxRequests: bulkhead.concurrent }),
    ...(bulkhead?.queue !== undefined && { http1MaxPendingRequests: bulkhead.queue }),
    ...(retryBudget && retryBudget.share === undefined && { maxRetries: retryBudget.burst }),
  };
  return {
    ...(of && { outlierDetection: of === 'off' ? { consecutive5xxErrors: 0 } : detectionOf(of, notes) }),
    ...(Object.keys(http).length > 0 && { connectionPool: { http } }),
    ...(retryBudget?.share !== undefined && {
      retryBudget: {
        percent: Math.round(retryBudget.share * 1e6) / 1e4,
        ...(retryBudget.burst !== undefined && { minRetryConcurrency: retryBudget.burst }),
      },
    }),
  };
}

function detectionOf(of: Outliers, notes: ExportNotes): object {
  if (of.percentage) notes.add('openWhen.failureRate', 'not carried', 'Istio has no rule of shares');
  if (of.max !== Math.max(300_000, of.base) || of.jitter > 0)
    notes.add('openFor', 'approximated', 'Istio always has 5m as the longest time, and no randomness');
  return {
    consecutive5xxErrors: of.consecutive5xx,
    ...(of.consecutiveGateway > 0 && { consecutiveGatewayErrors: of.consecutiveGateway }),
    ...(of.split && { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: of.consecutiveLocal }),
    interval: durationText(Math.max(1, Math.round(of.interval))),
    baseEjectionTime: durationText(Math.max(1, Math.round(of.base))),
    // A breaker refuses all calls to the service; with less than this, some endpoints would stay.
    maxEjectionPercent: 100,
  };
}
