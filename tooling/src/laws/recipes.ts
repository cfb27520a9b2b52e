/**
 * The makers of plugs. A plug is a recipe: an immutable value that touches nothing until a breaker is made with it, so
 * a module may hold one as a constant.
 */
export const recipes: ReadonlySet<string> = new Set([
  ...['timeWindow', 'countWindow', 'tumblingWindow'],
  ...['failureRate', 'failureCount', 'slowCallRate', 'slowCallCount', 'consecutiveFailures'],
  ...['meanLatency', 'latencyPercentile', 'overdue', 'sustained', 'anyOf', 'allOf', 'cusum'],
  ...['fixed', 'exponential', 'squareRoot'],
  ...['probes', 'ramp'],
]);
