export { type AdaptivePlugs, adaptive } from './adaptive/adaptive.ts';
export { selfClocked } from './adaptive/self-clocked.ts';
export { watching } from './adaptive/watching.ts';
export { createBreaker, expectTrouble } from './breaker/create-breaker.ts';
export { guardStream } from './breaker/guard-stream.ts';
export { restore, type Snapshot, snapshot } from './breaker/snapshot.ts';
export type { Breaker, Permit } from './contract/breaker.ts';
export { CircuitOpenError, findCircuitOpen, isCircuitOpen } from './contract/circuit-open-error.ts';
export type { Company, Seat } from './contract/company.ts';
export type { AbortState, BreakerOptions, KeyedOptions, OptionChanges } from './contract/options.ts';
export type { Route, RouteRequest, Router } from './contract/router.ts';
export { type GuardedStream, type GuardStreamOptions, StreamTruncatedError } from './contract/wrapped.ts';
export { type CusumOptions, cusum } from './detector/cusum.ts';
export type { Detector, DetectorPlan, DetectorRecipe, DetectorSetting, Readings } from './detector/detector.ts';
export { type OverdueOptions, overdue } from './detector/overdue.ts';
export { explain } from './explain/explain.ts';
export { type Loggable, loggable } from './explain/loggable.ts';
export { type ExponentialOptions, exponential, type Jitter } from './open-for/growing.ts';
export { type LinearOptions, linear } from './open-for/linear.ts';
export type { OpenFor, Opening, RetryAfterOptions } from './open-for/open-for.ts';
export { fixed } from './open-for/open-for.ts';
export { type SquareRootOptions, squareRoot } from './open-for/square-root.ts';
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
export { join } from './registry/join.ts';
export type { Registry, RegistryOptions } from './registry/registry.ts';
export { optionsByKey } from './registry/registry.ts';
export { allOf } from './rules/all-of.ts';
export { anyOf } from './rules/any-of.ts';
export { kinds, measures, weights } from './rules/counting.ts';
export { consecutiveFailures, failureCount, type RunOptions, slowCallCount } from './rules/counts.ts';
export { rule } from './rules/judged.ts';
export { latencyPercentile, meanLatency } from './rules/latency.ts';
export {
  type FailureOptions,
  failureRate,
  type RateOptions,
  type SlowCallOptions,
  slowCallRate,
} from './rules/rates.ts';
export type { Columns, Measure, Need, Rule, RuleDefinition, Tally } from './rules/rule.ts';
export { sustained } from './rules/sustained.ts';
export type { CallObserver, StepNotes, Vitals, VitalsRecipe } from './vitals/vitals.ts';
export type {
  BreakerEvent,
  LostEvent,
  ModeEvent,
  MoveEvent,
  OutcomeEvent,
  RejectEvent,
  WouldOpenEvent,
} from './vocabulary/event.ts';
export type { Classify, Ending, Outcome, Ruling } from './vocabulary/outcome.ts';
export type { Because, Evidence, Metrics, Mode, State, Verdict } from './vocabulary/state.ts';
export type { Clock, Instant, Millis } from './vocabulary/time.ts';
export type { Align } from './window/buckets.ts';
export { type TimeWindowOptions, timeWindow, tumblingWindow } from './window/time-window.ts';
export type { WindowMemory, WindowRecipe } from './window/window.ts';
export { countWindow } from './window/window.ts';
