export { classifyWith, outcomeOfAbort, reasonOf, stoppedBefore } from '../call/classify.ts';
export { limitFrames } from '../contract/circuit-open-error.ts';
export type { GivenSignal } from '../contract/options.ts';
export { type Branch, branchesOf, findBehind, isObject, read, readText } from '../foreign/branches.ts';
export { ask, notify, type Reporter, reportTo } from '../foreign/hook.ts';
export { classifyBranches, isFailure, rulingBrought } from '../foreign/ruling.ts';
export { ATTEMPT_COUNT, sendsAttemptCount } from '../http/attempt-header.ts';
export { classifyHttp } from '../http/classify-http.ts';
export { classifyNetworkBranch, classifyNetworkError, rulingOfAnswer } from '../http/classify-network-error.ts';
export { classifyServed } from '../http/classify-served.ts';
export { classifyResponse, classifyStatus, type Problem, problemOf } from '../http/classify-status.ts';
export { type HttpRefusal, httpRefusal } from '../http/http-refusal.ts';
export { adviceOf, type RetryAdvice } from '../http/retry-advice.ts';
export { parseRetryAfter } from '../http/retry-after.ts';
export {
  invalid,
  requireFunction,
  requireMillis,
  requireNumber,
  requireOneOf,
  requireOptions,
  requireShare,
  requireWhole,
} from '../vocabulary/requirement.ts';
export { admitRequest, bodyIsComing, type NodeRequest, type ServedRequest } from './admit-request.ts';
export type { ClassifyCall, MethodCall } from './attempt.ts';
export { type FurtherAttempts, furtherAttempts } from './further-attempts.ts';
export { chosenBreaker, type GuardEnding, type GuardOptions, guard, type SettleGuarded } from './guard.ts';
export { attemptRoutes, type GuardRoutedOptions, guardRouted } from './guard-routed.ts';
export { type BeginAttempt, type BegunAttempt, type InstrumentOptions, instrument, type Way } from './instrument.ts';
export { LatePermit, refuseAtOnce } from './late-permit.ts';
export { isOver, type NodeResponse, type ServedAnswer } from './observe-answer.ts';
export { type Instrumentation, type Method, observeEnding, replaceMethods } from './replace-methods.ts';
export {
  type AttemptsChoice,
  addressAt,
  attemptsOf,
  isTrusted,
  requireRoute,
  requireTrust,
  type Trust,
} from './routing.ts';
export { breakerOfRequest, requireServingOptions, type ServingChoice } from './serving-options.ts';
export { type ErrorMatcher, type OutcomeRow, table } from './table.ts';
export { type Upload, type WatchedUpload, watchUpload } from './upload.ts';
export { callback, either, observe, promise } from './ways.ts';
export { batch, type EmitterOptions, emitter } from './ways-of-objects.ts';
