import type { Table } from './dialect.ts';

const PERCENT = 'enforced always or never: a chance of opening is not carried';
const HOSTS = 'compares the endpoints of a cluster with each other; a breaker sees one service';
const BALANCER = '@switchgear/balancer has it: ';
const POOL = "a limit on connections belongs to the client: undici's connections, pg's max";

/** Envoy's `outlier_detection`, all its fields. */
export const outlierTable: Table = {
  consecutive_5xx: ['carried', 'consecutiveFailures'],
  enforcing_consecutive_5xx: ['carried', '0 leaves the rule out'],
  consecutive_gateway_failure: ['carried', 'consecutiveFailures counting 502, 503, 504'],
  enforcing_consecutive_gateway_failure: ['carried', '0, the default, leaves the rule out'],
  split_external_local_origin_errors: [
    'approximated',
    'answers and failures of the connection count apart, and each ends the run of the other',
  ],
  consecutive_local_origin_failure: ['carried', 'consecutiveFailures counting failures of the connection'],
  enforcing_consecutive_local_origin_failure: ['carried', '0 leaves the rule out'],
  failure_percentage_threshold: ['carried', 'failureRate'],
  failure_percentage_request_volume: ['carried', 'minimumCalls of failureRate'],
  failure_percentage_minimum_hosts: ['not carried', HOSTS],
  enforcing_failure_percentage: ['carried', '0, the default, leaves the rule out'],
  enforcing_failure_percentage_local_origin: ['not carried', 'failures of the connection count in the same rate'],
  success_rate_minimum_hosts: ['not carried', `${BALANCER}hosts of outliers()`],
  success_rate_request_volume: ['not carried', `${BALANCER}calls of outliers()`],
  success_rate_stdev_factor: ['not carried', `${BALANCER}stdev of outliers()`],
  enforcing_success_rate: ['not carried', `${BALANCER}outliers()`],
  enforcing_local_origin_success_rate: ['not carried', HOSTS],
  interval: ['approximated', 'rules open at once; after this long without trouble, waits start from the first again'],
  base_ejection_time: ['carried', 'openFor: linear'],
  max_ejection_time: ['carried', 'max of linear'],
  max_ejection_time_jitter: ['carried', 'jitter of linear'],
  max_ejection_percent: ['not carried', `${BALANCER}maxEjected`],
  always_eject_one_host: ['not carried', 'how many endpoints may be ejected is for a balancer'],
  successful_active_health_check_uneject_host: ['not carried', 'a health check closes no circuit here; a probe does'],
  monitors: ['not carried', 'extensions of Envoy'],
};

/** Envoy's `circuit_breakers`. */
export const breakersTable: Table = {
  thresholds: ['carried', 'those of the default priority'],
  per_host_thresholds: ['not carried', POOL],
};

/** Envoy's `circuit_breakers.thresholds[]`. */
export const thresholdTable: Table = {
  priority: ['approximated', 'one bulkhead takes the limits of DEFAULT'],
  max_requests: ['carried', 'bulkhead.concurrent'],
  max_pending_requests: ['approximated', 'bulkhead.queue; one waits here for a place, there for a connection'],
  max_retries: ['approximated', 'retryBudget.burst: retries in a row rather than at once'],
  retry_budget: ['carried', 'retryBudget'],
  max_connections: ['not carried', POOL],
  max_connection_pools: ['not carried', POOL],
  track_remaining: ['not carried', '@switchgear/otel exports what is in use'],
};

/** Envoy's `retry_budget`. */
export const retryBudgetTable: Table = {
  budget_percent: ['carried', 'retryBudget.share'],
  min_retry_concurrency: ['approximated', 'retryBudget.burst: retries in a row rather than at once'],
  budget_interval: ['not carried', 'the budget is earned by calls, not by time'],
};

const CHOICE = 'choosing an endpoint is for a balancer';

/** Envoy's clusters: the fields that one might look for here. */
export const clusterTable: Table = {
  name: ['carried', 'the name of the breaker'],
  outlier_detection: ['carried', 'the breaker'],
  circuit_breakers: ['carried', 'the bulkhead'],
  health_checks: ['carried', 'healthProbe'],
  connect_timeout: [
    'not carried',
    "a limit on connecting belongs to the client: undici's connect.timeout, pg's connectionTimeoutMillis",
  ],
  lb_policy: ['not carried', CHOICE],
  load_balancing_policy: ['not carried', CHOICE],
  load_assignment: ['not carried', CHOICE],
  common_lb_config: ['not carried', `${BALANCER}panic, tier and zone`],
  slow_start_config: ['not carried', `${BALANCER}slowStart`],
};

/** Envoy's `health_checks[]`. */
export const healthTable: Table = {
  interval: ['carried', 'healthProbe.every'],
  timeout: ['carried', 'healthProbe.pingFor'],
  unhealthy_threshold: ['carried', 'healthProbe.unhealthyAfter'],
  healthy_threshold: ['not carried', 'one good ping makes it healthy'],
  http_health_check: ['not carried', 'what a ping is, the program says'],
  tcp_health_check: ['not carried', 'what a ping is, the program says'],
  grpc_health_check: ['not carried', 'what a ping is, the program says'],
};

/** Why a field is approximated whose value is a chance. */
export const CHANCE: string = PERCENT;
