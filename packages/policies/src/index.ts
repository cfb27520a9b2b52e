export * from '@switchgear/core';
export { type Bulkhead, bulkhead } from './bulkhead/bulkhead.ts';
export {
  BulkheadFullError,
  type BulkheadLoad,
  type BulkheadReason,
  isBulkheadFull,
} from './bulkhead/bulkhead-full-error.ts';
export type { BulkheadOptions } from './bulkhead/options.ts';
export type { Call, CallContext, CallOptions } from './call/call-options.ts';
export type { Policy, PolicyKind } from './call/policy.ts';
export { type Deadline, deadlineIn } from './deadline/deadline.ts';
export { DeadlineError, isDeadline } from './deadline/deadline-error.ts';
export { type DeadlineOptions, type DeadlinePolicy, deadline } from './deadline/deadline-policy.ts';
export { deadlineHeaders, type HeadersLike, readDeadline, refusedBelow } from './deadline/headers.ts';
export { PolicyError } from './errors/policy-error.ts';
export { type AlternativeOptions, alternative } from './fallback/alternative.ts';
export { type CachedOptions, cached } from './fallback/cached.ts';
export { type DegradedOptions, degraded } from './fallback/degraded.ts';
export { type Fallback, type FallbackOptions, fallback } from './fallback/fallback.ts';
export { FallbackError, isFallbackError } from './fallback/fallback-error.ts';
export type { Served, ServedBy } from './fallback/served.ts';
export { skip } from './fallback/skip.ts';
export type { FallbackStep, StepAnswer } from './fallback/step.ts';
export { type AnswerStore, type Kept, memoryStore } from './fallback/store.ts';
export { value } from './fallback/value.ts';
export { type HealthProbe, healthProbe } from './health/health-probe.ts';
export type { HealthProbeOptions } from './health/options.ts';
export type { Scheduler } from './health/scheduler.ts';
export type { Layer, LayerKind } from './pipeline/layer.ts';
export { recommendedOrder } from './pipeline/order.ts';
export { type FallbackPipeline, type Pipeline, pipeline } from './pipeline/pipeline.ts';
export {
  forAxiosRetry,
  forCockatiel,
  forKy,
  forPRetry,
  forUndici,
  type KyRetryOptions,
  type UndiciRetry,
} from './retry/predicates.ts';
export { type RetryBudget, type RetryBudgetOptions, retryBudget } from './retry/retry-budget.ts';
export { type Timeout, timeout } from './timeout/timeout.ts';
export { isTimeout, TimeoutError } from './timeout/timeout-error.ts';
