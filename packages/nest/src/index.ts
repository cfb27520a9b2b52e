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
export { BreakerInterceptor } from './breaker-interceptor.ts';
export { BREAKERS, BreakerModule, type BreakerModuleAsyncOptions } from './breaker-module.ts';
export { CircuitHealth, type CircuitHealthOptions, type CircuitHealthResult } from './circuit-health.ts';
export { CircuitOpenFilter } from './circuit-open-filter.ts';
export type {
  BreakerModuleOptions,
  ClassifyNest,
  NestBreakerChoice,
  NestEnding,
  OnNestOpen,
  RouteBreaker,
} from './options.ts';
export { UseBreaker } from './use-breaker.ts';
