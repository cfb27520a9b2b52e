export { type Bulkhead, bulkhead } from './bulkhead/bulkhead.ts';
export {
  BulkheadFullError,
  type BulkheadLoad,
  type BulkheadReason,
  isBulkheadFull,
} from './bulkhead/bulkhead-full-error.ts';
export type { BulkheadOptions } from './bulkhead/options.ts';
export type { Call, CallContext, CallOptions, Deadline, Policy, PolicyKind, RetryOwner } from './call/call.ts';
export { PolicyError } from './call/policy-error.ts';
export { type CachedOptions, cached } from './fallback/cached.ts';
export { type Fallback, FallbackError, fallback, isFallbackError } from './fallback/fallback.ts';
export type { FallbackOptions } from './fallback/options.ts';
export type { FallbackStep, Served, ServedBy, StepAnswer } from './fallback/step.ts';
export {
  type AlternativeOptions,
  alternative,
  type DegradedOptions,
  degraded,
  skip,
  value,
} from './fallback/steps.ts';
export { type AnswerStore, type Kept, memoryStore } from './fallback/store.ts';
export { type HealthProbe, healthProbe } from './health/health-probe.ts';
export type { HealthProbeOptions, Scheduler } from './health/options.ts';
export { deadlineHeaders, deadlineIn, type HeadersLike, readDeadline, refusedBelow } from './limits/deadline.ts';
export { type DeadlineOptions, type DeadlinePolicy, deadline } from './limits/deadline-policy.ts';
export { DeadlineError, isDeadline, isTimeout, TimeoutError } from './limits/errors.ts';
export { type Timeout, timeout } from './limits/timeout.ts';
export { type Layer, type LayerKind, recommendedOrder } from './pipeline/order.ts';
export { type FallbackPipeline, type Pipeline, pipeline } from './pipeline/pipeline.ts';
export type { RetryEvent, RetryOptions } from './retry/options.ts';
export {
  forAxiosRetry,
  forCockatiel,
  forKy,
  forPRetry,
  forUndici,
  type KyRetryOptions,
  type UndiciRetry,
} from './retry/predicates.ts';
export { type Retry, retry } from './retry/retry.ts';
export { type RetryBudget, type RetryBudgetOptions, retryBudget } from './retry/retry-budget.ts';
export { type RetryOwnership, retryOwner } from './retry/retry-owner.ts';
