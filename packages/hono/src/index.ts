export * from '@switchgear/core';
export { type BreakerProxyOptions, breakerProxy } from './breaker-proxy.ts';
export { type CircuitBreakerOptions, circuitBreaker } from './circuit-breaker.ts';
export type { HonoBreakerChoice } from './options.ts';
export { type ClassifyHono, classifyHono, type HonoEnding } from './outcome.ts';
export type { OnHonoOpen } from './refusal.ts';
export { routeOf } from './route-of.ts';
export { type ClassifyUpstream, classifyUpstream, type UpstreamEnding } from './upstream.ts';
