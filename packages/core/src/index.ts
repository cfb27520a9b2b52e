export type { AbortState, Breaker, Metrics, Permit } from './breaker/breaker.ts';
export { CircuitOpenError, findCircuitOpen, isCircuitOpen } from './breaker/circuit-open-error.ts';
export { createBreaker } from './breaker/create-breaker.ts';
export { judge, outcomeOfAbort, type Reporter } from './breaker/judge.ts';
export type { BreakerOptions } from './breaker/options.ts';
export type { Detector, DetectorPlan, DetectorRecipe, DetectorSetting, Readings } from './detector/detector.ts';
export { type ExponentialOptions, exponential, type Jitter } from './open-for/exponential.ts';
export { fixed } from './open-for/fixed.ts';
export type { OpenFor, Opening, RetryAfterOptions } from './open-for/open-for.ts';
export { type ProbesOptions, probes } from './recover/probes.ts';
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
export { consecutiveFailures } from './rules/consecutive-failures.ts';
export { failureRate, type RateOptions } from './rules/failure-rate.ts';
export type { Columns, Measure, Rule, Tally } from './rules/rule.ts';
export { type SlowCallOptions, slowCallRate } from './rules/slow-call-rate.ts';
export type { Because, Evidence, Verdict } from './vocabulary/because.ts';
export type { BreakerEvent } from './vocabulary/event.ts';
export type { Classify, Ending, Outcome, Ruling } from './vocabulary/outcome.ts';
export type { Mode, State } from './vocabulary/state.ts';
export type { Clock, Instant, Millis } from './vocabulary/time.ts';
export { type TimeWindowOptions, timeWindow } from './window/time-window.ts';
export type { WindowMemory, WindowRecipe } from './window/window.ts';
