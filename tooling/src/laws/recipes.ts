/**
 * The functions that make plugs. A plug is an immutable value without effects until a breaker is made with it, so a
 * module may keep one as a constant.
 */
export const recipes: ReadonlySet<string> = new Set([
  ...['timeWindow', 'countWindow', 'tumblingWindow'],
  ...['failureRate', 'failureCount', 'slowCallRate', 'slowCallCount', 'consecutiveFailures'],
  ...['meanLatency', 'latencyPercentile', 'overdue', 'sustained', 'anyOf', 'allOf', 'cusum'],
  ...['fixed', 'exponential', 'squareRoot'],
  ...['probes', 'ramp'],
]);
