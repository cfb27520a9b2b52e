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
export { type Binding, type BindingFetchOptions, bindingFetch } from './binding-fetch.ts';
export { type BreakerProxyHandler, breakerProxy } from './breaker-proxy.ts';
export type { BreakerProxyOptions } from './breaker-proxy-options.ts';
export { type CircuitBreakerOptions, circuitBreaker } from './circuit-breaker.ts';
export { type CircuitHealthOptions, circuitHealth } from './circuit-health.ts';
export { circuitSharing, type SyncedSharing } from './circuit-sharing.ts';
export { type CircuitTimingOptions, circuitTiming } from './circuit-timing.ts';
export type { ForwardedHeaders } from './forward-request.ts';
export type { HonoBreakerChoice } from './options.ts';
export {
  type ClassifyHono,
  type ClassifyUpstream,
  classifyHono,
  classifyUpstream,
  type HonoEnding,
  type UpstreamEnding,
} from './outcome.ts';
export type { OnBindingOpen, OnHonoOpen } from './refusal.ts';
export { coloOf, routeOf } from './registry-keys.ts';
