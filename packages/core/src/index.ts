export { type AdaptivePlugs, adaptive } from './adaptive/adaptive.ts';
export { outcomeOfAbort } from './breaker/abort.ts';
export type { AbortState, Breaker, Permit } from './breaker/breaker.ts';
export { CircuitOpenError, findCircuitOpen, isCircuitOpen } from './breaker/circuit-open-error.ts';
export { createBreaker } from './breaker/create-breaker.ts';
export { expectTrouble } from './breaker/expect-trouble.ts';
export { guardStream } from './breaker/guard-stream.ts';
export type { GuardedStream, GuardStreamOptions } from './breaker/guarded-stream-options.ts';
export { judge } from './breaker/judge.ts';
export { type Loggable, loggable } from './breaker/loggable.ts';
export type { BreakerOptions, KeyedOptions, OptionChanges } from './breaker/options.ts';
export { restore, type Snapshot, snapshot } from './breaker/snapshot.ts';
export { StreamTruncatedError } from './breaker/stream-truncated-error.ts';
export { anyOf } from './detector/any-of.ts';
export { type CusumOptions, cusum } from './detector/cusum.ts';
export type { Detector, DetectorPlan, DetectorRecipe, DetectorSetting, Readings } from './detector/detector.ts';
export { type OverdueOptions, overdue } from './detector/overdue.ts';
export { sustained } from './detector/sustained.ts';
export { explain } from './explain/explain.ts';
export type { Reporter } from './foreign/hook.ts';
export { classifyNetworkError } from './http/classify-network-error.ts';
export { classifyStatus } from './http/classify-status.ts';
export { type Problem, problemOf } from './http/problem.ts';
export { parseRetryAfter } from './http/retry-after.ts';
export { type ExponentialOptions, exponential, type Jitter } from './open-for/exponential.ts';
export { fixed } from './open-for/fixed.ts';
export type { OpenFor, Opening, RetryAfterOptions } from './open-for/open-for.ts';
export { squareRoot } from './open-for/square-root.ts';
export { database, externalApi, microservice, payments, realtime } from './presets/presets.ts';
export { type CountedProbes, type ProbesOptions, probes, type SampledProbes } from './recover/probes.ts';
export { type RampOptions, ramp } from './recover/ramp.ts';
export type {
  Admission,
  Beginning,
  Expiry,
  ProbeEnding,
  Progress,
  Recover,
  RecoverRecipe,
  RecoverSetting,
} from './recover/recover.ts';
export { createRegistry } from './registry/create-registry.ts';
export { optionsByKey } from './registry/options-by-key.ts';
export type { Registry, RegistryOptions } from './registry/registry.ts';
export { allOf } from './rules/all-of.ts';
export { consecutiveFailures } from './rules/consecutive-failures.ts';
export { kinds, weights } from './rules/counting.ts';
export { failureCount, slowCallCount } from './rules/failure-count.ts';
export { type FailureOptions, failureRate, type RateOptions } from './rules/failure-rate.ts';
export { latencyPercentile } from './rules/latency-percentile.ts';
export { meanLatency } from './rules/mean-latency.ts';
export { measures } from './rules/measures.ts';
export type { Columns, Measure, Need, Rule, Tally } from './rules/rule.ts';
export { type SlowCallOptions, slowCallRate } from './rules/slow-call-rate.ts';
export type { Era, Vitals, VitalsMemory, VitalsRecipe } from './vitals/vitals.ts';
export type { Because, Evidence, Verdict } from './vocabulary/because.ts';
export type {
  BreakerEvent,
  LostEvent,
  ModeEvent,
  MoveEvent,
  OutcomeEvent,
  RejectEvent,
  WouldOpenEvent,
} from './vocabulary/event.ts';
export type { Metrics } from './vocabulary/metrics.ts';
export type { Classify, Ending, Outcome, Ruling } from './vocabulary/outcome.ts';
export {
  refuse,
  requireFunction,
  requireMillis,
  requireNumber,
  requireOneOf,
  requireOptions,
  requireShare,
  requireWhole,
} from './vocabulary/requirement.ts';
export type { Mode, State } from './vocabulary/state.ts';
export type { Clock, Instant, Millis } from './vocabulary/time.ts';
export type { Align } from './window/aligned-buckets.ts';
export { countWindow } from './window/count-window.ts';
export { type TimeWindowOptions, timeWindow } from './window/time-window.ts';
export { tumblingWindow } from './window/tumbling-window.ts';
export type { WindowMemory, WindowRecipe } from './window/window.ts';
