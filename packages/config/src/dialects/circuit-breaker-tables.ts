import type { Table } from './dialect.ts';

const METRICS = 'metrics() and events are always there; @switchgear/otel exports them';
const ALERTS = 'alert rules come with @switchgear/otel';

/** The fields of the block itself. */
export const blockTable: Table = {
  failure_threshold: ['carried', 'consecutiveFailures'],
  recovery_timeout: ['carried', 'openFor'],
  success_threshold: ['carried', 'recover: probes that must succeed'],
  exceptions: ['approximated', 'kinds of failure that stand for these names'],
  enabled: ['carried', 'false is mode: disabled'],
};

/** `sliding_window` */
export const windowTable: Table = {
  size: ['carried', 'window: the last calls, this many'],
  minimum_throughput: ['carried', 'minimumCalls of the rules'],
};

/** `failure_criteria` */
export const criteriaTable: Table = {
  error_rate: ['carried', 'failureRate'],
  slow_call_rate: ['carried', 'slowCallRate'],
  slow_call_duration: ['carried', 'slowerThan of slowCallRate'],
};

/** `thresholds` */
export const thresholdsTable: Table = {
  failure_rate: ['carried', 'failureRate'],
  response_time: [
    'approximated',
    'the mean latency of the calls in the window, because the file does not say of which calls',
  ],
  error_count: ['carried', 'failureCount'],
};

/** `timeouts` */
export const timeoutsTable: Table = { operation: ['carried', 'timeout'], recovery: ['carried', 'openFor'] };

/** `fallback` */
export const fallbackTable: Table = {
  enabled: ['carried', 'false leaves the fallback out'],
  strategy: ['carried', 'cached_response is fallback.cached; other strategies need code'],
  max_age: ['carried', 'fallback.cached.maxAge'],
};

/** `monitoring` */
export const monitoringTable: Table = {
  metrics_enabled: ['not carried', METRICS],
  alerts_enabled: ['not carried', ALERTS],
  health_check_interval: ['carried', 'healthProbe.every'],
};
