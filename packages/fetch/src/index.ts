export {
  adaptive,
  type Because,
  type Breaker,
  type BreakerEvent,
  type BreakerOptions,
  CircuitOpenError,
  createBreaker,
  createRegistry,
  type Ending,
  explain,
  findCircuitOpen,
  isCircuitOpen,
  type Metrics,
  type Mode,
  type Outcome,
  type Registry,
  type RegistryOptions,
  type Ruling,
  type State,
} from '@switchgear/core';
export { breakerFetch, type OriginFetch } from './breaker-fetch.ts';
export type { FetchFunction, FetchTarget } from './call.ts';
export { type BreakerFetchOptions, type FetchBreakerChoice, originOf } from './options.ts';
export { type ClassifyFetch, classifyFetch, type FetchEnding } from './outcome.ts';
export { isBreakerResponse, type OnFetchOpen } from './refusal.ts';
